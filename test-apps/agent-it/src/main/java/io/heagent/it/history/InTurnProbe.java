package io.heagent.it.history;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Connects to one name several times in a row and tells how long each took: from the name until the
 * connection is there. Arguments: "blocking" or "selected", the name, the port, how many.
 */
public final class InTurnProbe {
  private static final int PATIENT_MILLIS = 30_000;

  private InTurnProbe() {}

  public static void main(String[] args) throws Exception {
    boolean blocking = args[0].equals("blocking");
    int port = Integer.parseInt(args[2]);
    int connects = Integer.parseInt(args[3]);
    try (Selector selector = Selector.open()) {
      for (int i = 1; i <= connects; i++) {
        Facts facts = new Facts(Integer.toString(i));
        if (blocking) {
          connect(args[1], port, facts);
        } else {
          connect(selector, args[1], port, facts);
        }
        facts.print();
      }
    }
  }

  private static void connect(String host, int port, Facts facts) throws IOException {
    long start = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENT_MILLIS);
      facts.put("nanos", System.nanoTime() - start);
      facts.put("peer", socket.getInetAddress().getHostAddress());
    }
  }

  private static void connect(Selector selector, String host, int port, Facts facts)
      throws IOException {
    long start = System.nanoTime();
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      if (!channel.connect(new InetSocketAddress(host, port))) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        if (selector.select(PATIENT_MILLIS) != 1) {
          throw new IOException("no event");
        }
        selector.selectedKeys().clear();
        if (!channel.finishConnect()) {
          throw new IOException("not connected after OP_CONNECT");
        }
      }
      facts.put("nanos", System.nanoTime() - start);
      facts.put("peer", channel.socket().getInetAddress().getHostAddress());
    }
  }
}
