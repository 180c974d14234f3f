package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;

/** Runs in a JVM whose classes are the woven ones: loads them all and connects in every way. */
public final class WovenProbe {

  private WovenProbe() {}

  /** With the names of the woven classes. */
  public static void main(String[] classes) throws Exception {
    for (String name : classes) {
      Class.forName(name, true, JdkClassFiles.module(name).getClassLoader());
    }
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      SocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
      blocking(address);
      selected(address);
      asynchronous(address);
    }
    System.out.println(classes.length + " classes, connected in every way");
  }

  private static void blocking(SocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(null);
      socket.connect(address);
    }
    try (SocketChannel channel = SocketChannel.open(address)) {
      check(channel.isConnected());
    }
    try (SocketChannel channel = SocketChannel.open()) {
      channel.bind(null);
      channel.socket().connect(address, 60_000);
      check(channel.isConnected());
    }
  }

  private static void selected(SocketAddress address) throws IOException {
    try (SocketChannel channel = SocketChannel.open();
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_CONNECT);
      if (!channel.connect(address)) {
        selector.select();
        check(channel.finishConnect());
      }
      selector.wakeup();
      selector.select();
    }
  }

  private static void asynchronous(SocketAddress address)
      throws IOException, InterruptedException, ExecutionException {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(address).get();
    }
  }

  private static void check(boolean connected) {
    if (!connected) {
      throw new IllegalStateException("not connected");
    }
  }
}
