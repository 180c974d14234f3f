package io.heagent.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A DNS server over UDP whose every name has one IPv4 and one IPv6 address. The first label says
 * what goes wrong with which of them: {@code slow-aaaa.*}, {@code lost-a.*}, {@code servfail-a.*};
 * {@code none.*} is all right. The IPv4 address of {@code *.dead.test} is a black hole's. The names
 * of a zone, and names below one of them whatever their first label, have the addresses that it
 * says. Names of any other form do not exist.
 */
public final class DnsServer implements Closeable {
  /** Longer than any connect or look-up that is not made to wait. */
  public static final long SLOW_MILLIS = 2_500;

  private static final int A = 1;
  private static final int AAAA = 28;
  private static final int SERVFAIL = 2;
  private static final int NXDOMAIN = 3;
  private static final int HEADER = 12;
  private static final int TTL_SECONDS = 60;

  private final DatagramSocket socket;
  private final InetAddress ipv4;
  private final InetAddress ipv6;
  private final InetAddress dead;
  private final Map<String, List<InetAddress>> zone;
  private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor();
  private final ConcurrentHashMap<String, Integer> questions = new ConcurrentHashMap<>();

  /** Serves at once; port 0 takes a free one. */
  public DnsServer(
      InetAddress address, int port, InetAddress ipv4, InetAddress ipv6, InetAddress dead)
      throws IOException {
    this(address, port, ipv4, ipv6, dead, Map.of());
  }

  /** Serves a zone only: the addresses of each name and of all names below it, in their order. */
  public DnsServer(InetAddress address, int port, Map<String, List<InetAddress>> zone)
      throws IOException {
    this(address, port, null, null, null, zone);
  }

  private DnsServer(
      InetAddress address,
      int port,
      InetAddress ipv4,
      InetAddress ipv6,
      InetAddress dead,
      Map<String, List<InetAddress>> zone)
      throws IOException {
    this.zone = zone;
    this.socket = new DatagramSocket(port, address);
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.dead = dead;
    Thread thread = new Thread(this::run, "dns server");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** How often this name has been asked for, by type: {@code A} or {@code AAAA}. */
  public int questions(String name, String type) {
    return questions.getOrDefault(key(name, type), 0);
  }

  @Override
  public void close() {
    socket.close();
    late.shutdownNow();
  }

  private void run() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        serve(Arrays.copyOf(buffer, packet.getLength()), packet);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(byte[] query, DatagramPacket from) throws IOException {
    int at = HEADER;
    StringBuilder text = new StringBuilder();
    while (query[at] != 0) {
      text.append(text.length() == 0 ? "" : ".")
          .append(new String(query, at + 1, query[at], StandardCharsets.ISO_8859_1));
      at += query[at] + 1;
    }
    String name = text.toString().toLowerCase(Locale.ROOT);
    int type = ((query[at + 1] & 255) << 8) | (query[at + 2] & 255);
    String typeName = type == A ? "A" : type == AAAA ? "AAAA" : "other";
    questions.merge(key(name, typeName), 1, Integer::sum);
    byte[] question = Arrays.copyOfRange(query, HEADER, at + 5);
    List<InetAddress> zoned =
        zone.getOrDefault(name, zone.get(name.substring(name.indexOf('.') + 1)));
    if (zoned != null || !zone.isEmpty()) {
      DnsFault none = zoned == null ? DnsFault.NXDOMAIN : DnsFault.NONE;
      byte[] reply = reply(query, question, none, type, records(zoned, type));
      send(new DatagramPacket(reply, reply.length, from.getSocketAddress()));
      return;
    }
    DnsFault fault = DnsFault.of(name, typeName);
    if (fault == DnsFault.LOST) {
      return;
    }
    InetAddress ofIpv4 = name.endsWith(".dead.test") ? dead : ipv4;
    byte[] address = (type == A ? ofIpv4 : ipv6).getAddress();
    byte[] reply = reply(query, question, fault, type, List.of(address));
    DatagramPacket answer = new DatagramPacket(reply, reply.length, from.getSocketAddress());
    if (fault == DnsFault.SLOW) {
      Future<?> unused = late.schedule(() -> send(answer), SLOW_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      send(answer);
    }
  }

  private static List<byte[]> records(List<InetAddress> addresses, int type) {
    List<byte[]> records = new ArrayList<>();
    for (InetAddress address : addresses == null ? List.<InetAddress>of() : addresses) {
      byte[] bytes = address.getAddress();
      if (bytes.length == (type == A ? 4 : 16)) {
        records.add(bytes);
      }
    }
    return records;
  }

  private void send(DatagramPacket answer) {
    try {
      socket.send(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] reply(
      byte[] query, byte[] question, DnsFault fault, int type, List<byte[]> addresses)
      throws IOException {
    boolean answered = fault == DnsFault.NONE || fault == DnsFault.SLOW;
    boolean known = type == A || type == AAAA;
    int code = fault == DnsFault.SERVFAIL ? SERVFAIL : fault == DnsFault.NXDOMAIN ? NXDOMAIN : 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(query, 0, 2);
    // An authoritative response that repeats "recursion desired" and offers recursion.
    out.write(0x84 | (query[2] & 1));
    out.write(0x80 | code);
    out.writeShort(1);
    out.writeShort(answered && known ? addresses.size() : 0);
    out.writeShort(0);
    out.writeShort(0);
    out.write(question);
    for (byte[] address : answered && known ? addresses : List.<byte[]>of()) {
      // The name is the question's, 12 bytes into the message.
      out.writeShort(0xC000 | HEADER);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(TTL_SECONDS);
      out.writeShort(address.length);
      out.write(address);
    }
    return bytes.toByteArray();
  }

  private static String key(String name, String type) {
    return type + " " + name;
  }
}
