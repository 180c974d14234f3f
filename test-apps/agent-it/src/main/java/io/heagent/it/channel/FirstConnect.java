package io.heagent.it.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;

/**
 * Connects three times and prints the milliseconds of each. Arguments: the {@link Way}, the host,
 * the port, and a literal at which the same port is good: a connect to that goes before, so that
 * what the JDK loads by itself is not counted. Two classes are loaded before and after the first
 * one, for whoever reads the JVM's log of classes. Knows nothing of the agent.
 */
public final class FirstConnect {
  private static final int TIMES = 3;
  private static final int TIMEOUT_MILLIS = 20_000;

  private FirstConnect() {}

  /** How a program connects. */
  public enum Way {
    SOCKET,
    CHANNEL,
    SELECTOR,
    ASYNC
  }

  /** Loaded when the first connect begins, so that the log of classes shows that moment. */
  static final class Begun {
    private Begun() {}
  }

  /** Loaded when the first connect has ended. */
  static final class Ended {
    private Ended() {}
  }

  /** The binary names of both, as the log has them. */
  public static final String BEGUN = FirstConnect.class.getName() + "$Begun";

  public static final String ENDED = FirstConnect.class.getName() + "$Ended";

  public static void main(String[] args) throws Exception {
    Way way = Way.valueOf(args[0]);
    int port = Integer.parseInt(args[2]);
    InetSocketAddress to = new InetSocketAddress(InetAddress.getByName(args[1]), port);
    connect(way, new InetSocketAddress(args[3], port));
    StringBuilder times = new StringBuilder();
    for (int i = 0; i < TIMES; i++) {
      Class.forName(BEGUN);
      long start = System.nanoTime();
      connect(way, to);
      long nanos = System.nanoTime() - start;
      Class.forName(ENDED);
      times.append(nanos / 1_000_000.0).append(' ');
    }
    System.out.println(times.toString().strip());
  }

  private static void connect(Way way, InetSocketAddress to)
      throws IOException, ExecutionException, InterruptedException {
    switch (way) {
      case SOCKET -> {
        try (Socket socket = new Socket()) {
          socket.connect(to, TIMEOUT_MILLIS);
        }
      }
      case CHANNEL -> {
        try (SocketChannel channel = SocketChannel.open()) {
          channel.connect(to);
        }
      }
      case SELECTOR -> {
        try (Selector selector = Selector.open();
            SocketChannel channel = SocketChannel.open()) {
          channel.configureBlocking(false);
          channel.connect(to);
          channel.register(selector, SelectionKey.OP_CONNECT);
          selector.select(TIMEOUT_MILLIS);
          if (!channel.finishConnect()) {
            throw new IOException("not connected after OP_CONNECT");
          }
        }
      }
      case ASYNC -> {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
          channel.connect(to).get();
        }
      }
    }
  }
}
