package io.heagent.bench.measured;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Arguments: host, port, connects. Connects that often, first blocking, then non-blocking with a
 * selector, each {@value #WARM_UPS} times before it is measured, as the compilers take that long;
 * prints the two times of one connect and close in microseconds. Knows nothing of the agent.
 */
public final class ConnectLoop {

  private static final int WARM_UPS = 4;

  private ConnectLoop() {}

  public static void main(String[] args) throws IOException {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    int connects = Integer.parseInt(args[2]);
    double blocking = blocking(host, port, connects);
    double selecting = selecting(host, port, connects);
    for (int i = 0; i < WARM_UPS; i++) {
      blocking = blocking(host, port, connects);
    }
    for (int i = 0; i < WARM_UPS; i++) {
      selecting = selecting(host, port, connects);
    }
    System.out.println(blocking + " " + selecting);
  }

  private static double blocking(String host, int port, int connects) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < connects; i++) {
      try (Socket socket = new Socket()) {
        // Leaves no connection in TIME_WAIT, or the ports run out.
        socket.setSoLinger(true, 0);
        socket.connect(new InetSocketAddress(host, port), 5_000);
      }
    }
    return micros(start, connects);
  }

  private static double selecting(String host, int port, int connects) throws IOException {
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime();
      for (int i = 0; i < connects; i++) {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
          channel.configureBlocking(false);
          channel.connect(new InetSocketAddress(host, port));
          channel.register(selector, SelectionKey.OP_CONNECT);
          selector.select(5_000);
          selector.selectedKeys().clear();
          if (!channel.finishConnect()) {
            throw new IOException("not connected after OP_CONNECT");
          }
        }
        selector.selectNow();
      }
      return micros(start, connects);
    }
  }

  private static double micros(long start, int connects) {
    return (System.nanoTime() - start) / 1_000.0 / connects;
  }
}
