package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import io.heagent.it.startup.Dial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Arguments: host, control port, data port. Connects to a control port by name, then, as FTP with
 * EPSV does, to the data port of the very machine it is connected to: that one refuses, a sibling
 * would accept. Each outcome is that of the data connection.
 */
public final class DataConnectionProbe {
  private static final int LONG_MILLIS = 30_000;

  private DataConnectionProbe() {}

  public static void main(String[] args) throws Exception {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    int data = Integer.parseInt(args[2]);
    try (Socket control = new Socket(host, port)) {
      note("socket", control.getInetAddress(), data);
      new Facts("socket, bound")
          .put("outcome", boundDial(control.getLocalAddress(), control.getInetAddress(), data))
          .print();
      note("socket address", control.getRemoteSocketAddress(), data);
    }
    InetSocketAddress to = new InetSocketAddress(host, port);
    try (SocketChannel control = SocketChannel.open(to)) {
      note("channel", control.getRemoteAddress(), data);
      note("adaptor", control.socket().getInetAddress(), data);
    }
    try (Selector selector = Selector.open();
        SocketChannel control = SocketChannel.open()) {
      control.configureBlocking(false);
      control.connect(to);
      control.register(selector, SelectionKey.OP_CONNECT);
      selector.select(LONG_MILLIS);
      control.finishConnect();
      note("selector", control.getRemoteAddress(), data);
      note("selector, adaptor", control.socket().getInetAddress(), data);
    }
    try (AsynchronousSocketChannel control = AsynchronousSocketChannel.open()) {
      control.connect(to).get(LONG_MILLIS, TimeUnit.MILLISECONDS);
      note("asynchronous", control.getRemoteAddress(), data);
    }
  }

  private static void note(String name, SocketAddress peer, int data) {
    note(name, ((InetSocketAddress) peer).getAddress(), data);
  }

  private static void note(String name, InetAddress peer, int data) {
    new Facts(name)
        .put("peer", peer)
        .put("outcome", Dial.outcome(new InetSocketAddress(peer, data)))
        .print();
  }

  private static String boundDial(InetAddress local, InetAddress peer, int port) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(local, 0));
      socket.connect(new InetSocketAddress(peer, port), LONG_MILLIS);
      return "connected to " + Dial.served(socket.getInputStream());
    } catch (IOException e) {
      return Dial.failed(e);
    }
  }
}
