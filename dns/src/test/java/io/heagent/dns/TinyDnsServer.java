package io.heagent.dns;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS server on loopback, over UDP, that answers as the test has told it and drops the queries
 * that the test has told it to lose.
 */
final class TinyDnsServer implements Closeable {
  private final DatagramSocket socket;
  private final Map<String, Record> records = new ConcurrentHashMap<>();
  private final Map<String, Integer> rcodes = new ConcurrentHashMap<>();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  TinyDnsServer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread thread = new Thread(this::serve, "tiny-dns");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  TinyDnsServer record(String name, String type, String data) throws IOException {
    Name owner = Name.fromString(name);
    int number = Type.value(type);
    records.put(
        key(owner, number), Record.fromString(owner, number, DClass.IN, 60, data, Name.root));
    return this;
  }

  /** From now on the server answers this question with this response code. */
  TinyDnsServer rcode(String name, String type, int rcode) throws IOException {
    rcodes.put(key(Name.fromString(name), Type.value(type)), rcode);
    return this;
  }

  /** From now on the server does not answer this question. */
  TinyDnsServer lose(String name, String type) throws IOException {
    lost.add(key(Name.fromString(name), Type.value(type)));
    return this;
  }

  /** Whether the server has received this question. */
  boolean wasAsked(String name, String type) throws IOException {
    return asked.contains(key(Name.fromString(name), Type.value(type)));
  }

  private static String key(Name name, int type) {
    return name.canonicalize() + " " + Type.string(type);
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] bytes = new byte[packet.getLength()];
        System.arraycopy(buffer, 0, bytes, 0, bytes.length);
        byte[] reply = reply(new Message(bytes));
        if (reply != null) {
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private byte[] reply(Message query) throws IOException {
    Record question = query.getQuestion();
    String key = key(question.getName(), question.getType());
    asked.add(key);
    if (lost.contains(key)) {
      return null;
    }
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.getHeader().setRcode(rcodes.getOrDefault(key, Rcode.NOERROR));
    reply.addRecord(question, Section.QUESTION);
    Record answer = records.get(key);
    if (answer == null) {
      Name zone = Name.root;
      reply.addRecord(
          new SOARecord(zone, DClass.IN, 60, zone, zone, 1, 60, 60, 60, 60), Section.AUTHORITY);
    } else {
      reply.addRecord(answer, Section.ANSWER);
    }
    return reply.toWire();
  }

  @Override
  public void close() {
    socket.close();
  }
}
