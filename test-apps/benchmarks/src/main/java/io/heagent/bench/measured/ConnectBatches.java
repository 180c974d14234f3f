package io.heagent.bench.measured;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Connects when it is told to. Arguments: the port; kinds of connects, each a {@link Way}, a colon
 * and a host; the port at which it is told on this host's loopback. There it reads how many
 * connects to make and which kind, by its place, and answers with the microseconds of one connect
 * and close, look-up included. Knows nothing of the agent.
 */
public final class ConnectBatches {
  private static final int TIMEOUT_MILLIS = 5_000;

  /** How a program connects. */
  public enum Way {
    SOCKET,
    SOCKET_UNTIMED,
    SELECTOR;

    /** The argument for connects to this host. */
    public String to(String host) {
      return this + ":" + host;
    }
  }

  private ConnectBatches() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int last = args.length - 1;
    try (Selector selector = Selector.open();
        Socket control = new Socket("127.0.0.1", Integer.parseInt(args[last]))) {
      DataInputStream told = new DataInputStream(control.getInputStream());
      DataOutputStream answers = new DataOutputStream(control.getOutputStream());
      while (true) {
        int connects = told.readInt();
        String[] kind = args[1 + told.readInt()].split(":", 2);
        answers.writeDouble(micros(Way.valueOf(kind[0]), kind[1], port, connects, selector));
      }
    } catch (EOFException over) {
      // As it should be.
    }
  }

  private static double micros(Way way, String host, int port, int connects, Selector selector)
      throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < connects; i++) {
      switch (way) {
        case SOCKET -> blocking(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        case SOCKET_UNTIMED -> blocking(new InetSocketAddress(host, port), 0);
        case SELECTOR -> selecting(new InetSocketAddress(host, port), selector);
      }
    }
    return (System.nanoTime() - start) / 1_000.0 / connects;
  }

  private static void blocking(InetSocketAddress to, int timeout) throws IOException {
    try (Socket socket = new Socket()) {
      // Leaves no connection in TIME_WAIT, or the ports run out.
      socket.setSoLinger(true, 0);
      socket.connect(to, timeout);
    }
  }

  private static void selecting(InetSocketAddress to, Selector selector) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.configureBlocking(false);
      channel.connect(to);
      channel.register(selector, SelectionKey.OP_CONNECT);
      selector.select(TIMEOUT_MILLIS);
      selector.selectedKeys().clear();
      if (!channel.finishConnect()) {
        throw new IOException("not connected after OP_CONNECT");
      }
    }
    selector.selectNow();
  }
}
