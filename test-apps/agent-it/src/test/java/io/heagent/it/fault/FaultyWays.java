package io.heagent.it.fault;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects by each kind of object and notes only how it ended. */
final class FaultyWays {
  private static final int SHORT_MILLIS = 300;
  private static final int LONG_MILLIS = 2_000;
  private static final String PENDING = "pending";
  private static final String CONNECTED = "connected";

  private final String name;
  private final int port;

  FaultyWays(String name, int port) {
    this.name = name;
    this.port = port;
  }

  private interface Way {
    String connect(InetSocketAddress to, int millis) throws Exception;
  }

  void run() throws Exception {
    run("socket", FaultyWays::socket);
    run("selector", FaultyWays::selector);
    run("async", FaultyWays::async);
  }

  private void run(String way, Way connect) throws Exception {
    Facts facts = new Facts(name + " " + way);
    for (ChannelScenario scenario :
        new ChannelScenario[] {
          ChannelScenario.GOOD_FIRST,
          ChannelScenario.LITERAL,
          ChannelScenario.DEAD_FIRST,
          ChannelScenario.REFUSED_FIRST,
          ChannelScenario.ALL_REFUSED
        }) {
      boolean mayHang = scenario == ChannelScenario.DEAD_FIRST;
      int millis = mayHang ? SHORT_MILLIS : LONG_MILLIS;
      try {
        facts.put(scenario.name(), connect.connect(scenario.address(port), millis));
      } catch (IOException | RuntimeException | AssertionError e) {
        facts.put(scenario.name(), e instanceof AssertionError ? e : e.getClass().getName());
      }
    }
    facts.print();
  }

  private static String socket(InetSocketAddress to, int millis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, millis);
      return socket.getInputStream().read() > 0 ? CONNECTED : "closed";
    } catch (SocketTimeoutException e) {
      return PENDING;
    }
  }

  private static String selector(InetSocketAddress to, int millis) throws IOException {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      // A select may return for nothing, unlike when all hooks work; not again and again.
      int told = 0;
      for (int i = 0; i < 3 && told == 0; i++) {
        told = selector.select(millis);
      }
      if (told == 0) {
        return channel.finishConnect() ? "not told" : PENDING;
      }
      selector.selectedKeys().clear();
      if (!channel.finishConnect()) {
        return "told too early";
      }
      return read(channel, selector, key, millis) ? CONNECTED : "nothing to read";
    }
  }

  // Here too a select may return for nothing.
  private static boolean read(
      SocketChannel channel, Selector selector, SelectionKey key, int millis) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    ByteBuffer first = ByteBuffer.allocate(1);
    for (int i = 0; i < 3 && first.hasRemaining(); i++) {
      selector.select(millis);
      selector.selectedKeys().clear();
      channel.read(first);
    }
    return !first.hasRemaining();
  }

  private static String async(InetSocketAddress to, int millis) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(to).get(millis, TimeUnit.MILLISECONDS);
      return CONNECTED;
    } catch (TimeoutException e) {
      return PENDING;
    } catch (ExecutionException e) {
      // What is no IOException is wrapped in one: that says nothing without its cause.
      Throwable cause = e.getCause();
      return cause.getClass() == IOException.class ? cause.toString() : cause.getClass().getName();
    }
  }
}
