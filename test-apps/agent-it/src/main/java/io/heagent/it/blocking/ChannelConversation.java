package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connected blocking channel at the talk service. */
record ChannelConversation(SocketChannel channel) implements Conversation {

  static ChannelConversation connect(InetSocketAddress to) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.connect(to);
      return new ChannelConversation(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void use(Facts facts) throws IOException {
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
    facts.put("remote", remote);
    facts.put("peer", channel.socket().getInetAddress());
    facts.put("port", channel.socket().getPort());
    facts.put("connected", channel.isConnected() && !channel.isConnectionPending());
    facts.put("blocking", channel.isBlocking());
    facts.put("local", local.getAddress().getHostAddress() + " " + local.getPort());
    // The descriptor itself must be in blocking mode too: the server's first word may not be there
    // yet.
    String[] words = line().split(" ", -1);
    facts.put("served", words[0]);
    facts.put("client", words[2] + " " + words[3]);
    channel.write(ByteBuffer.wrap("ping".getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer echo = ByteBuffer.allocate(4);
    while (echo.hasRemaining() && channel.read(echo) > 0) {}
    facts.put("echo", new String(echo.array(), StandardCharsets.US_ASCII));
    facts.put("switchable", switches());
    facts.put("name", remote.getHostName());
  }

  /**
   * Switches the channel to non-blocking mode, in which a read gives 0 if there is nothing to read.
   */
  private boolean switches() throws IOException {
    channel.configureBlocking(false);
    return channel.read(ByteBuffer.allocate(1)) == 0;
  }

  private String line() throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    StringBuilder line = new StringBuilder();
    while (channel.read(one.clear()) == 1 && one.get(0) != '\n') {
      line.append((char) one.get(0));
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
