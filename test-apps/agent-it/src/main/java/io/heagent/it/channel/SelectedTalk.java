package io.heagent.it.channel;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Uses a channel that has just been connected, by OP_WRITE and OP_READ, and notes it. */
final class SelectedTalk {
  private static final long LONG_MILLIS = 30_000;
  private static final long IDLE_MILLIS = 120;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Facts facts;
  private final StringBuilder received = new StringBuilder();

  SelectedTalk(SocketChannel channel, SelectionKey key, Facts facts) {
    this.channel = channel;
    this.key = key;
    this.facts = facts;
  }

  void run() throws IOException {
    key.interestOps(SelectionKey.OP_WRITE);
    facts.put("writable", select(LONG_MILLIS) == 1 && key.isWritable() && !key.isConnectable());
    send("ping");
    key.interestOps(SelectionKey.OP_READ);
    receive("\nping");
    facts.put("idle", isIdle());
    send("pong");
    receive("pingpong");
    note(facts, channel, received.toString());
  }

  /** What a connected channel says of itself and what the talk service has said. */
  static void note(Facts facts, SocketChannel channel, String talk) throws IOException {
    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    facts.put("connected", channel.isConnected() && !channel.isConnectionPending());
    facts.put("peer", channel.socket().getInetAddress());
    note(facts, local, remote, talk);
  }

  /** The same for any kind of channel. */
  static void note(Facts facts, InetSocketAddress local, InetSocketAddress remote, String talk) {
    String[] words = talk.split("\\s+", 5);
    facts.put("served", AddressTexts.shortest(words[0]));
    facts.put("client", AddressTexts.shortest(words[2]) + " " + words[3]);
    facts.put("echo", words[4]);
    String own = AddressTexts.shortest(local.getAddress().getHostAddress());
    facts.put("local", own + " " + local.getPort());
    facts.put("remote", AddressTexts.shortest(remote.getAddress().getHostAddress()));
    facts.put("port", remote.getPort());
    facts.put("name", remote.getHostString());
  }

  private int select(long millis) throws IOException {
    key.selector().selectedKeys().clear();
    return key.selector().select(millis);
  }

  /**
   * Whether a select returns only when its time is over, as it must while there is nothing to read.
   */
  private boolean isIdle() throws IOException {
    long start = System.nanoTime();
    int ready = select(IDLE_MILLIS);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return ready == 0 && millis >= IDLE_MILLIS - 1;
  }

  private void send(String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private void receive(String end) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(256);
    while (received.indexOf(end) < 0) {
      if (select(LONG_MILLIS) != 1 || !key.isReadable() || channel.read(buffer.clear()) < 0) {
        throw new IOException("no more after " + received);
      }
      received.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
    }
  }
}
