package io.heagent.it.failover;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Connects without a pause to a name whose addresses all refuse, until a sibling serves. Argument:
 * how often before that.
 */
public final class RefusedLoopProbe {
  private static final int IN_A_ROW = 16;
  private static final long LIMIT_NANOS = 10_000_000_000L;

  private RefusedLoopProbe() {}

  private interface Connect {
    void connect(InetSocketAddress to) throws IOException;
  }

  public static void main(String[] args) throws Exception {
    int times = Integer.parseInt(args[0]);
    run("socket", RefusedLoopProbe::socket, times);
    run("channel", to -> SocketChannel.open(to).close(), times);
    run("selector", RefusedLoopProbe::selector, times);
  }

  private static void run(String name, Connect way, int times) throws Exception {
    int port = FreePort.on(Hosts.REFUSED, Hosts.REFUSED_TOO);
    InetSocketAddress to = ChannelScenario.ALL_REFUSED.address(port);
    int namedAtFirst = 0;
    int plain = 0;
    int ofAgent = 0;
    for (int i = 0; i < times; i++) {
      ConnectException refused = refusal(way, to);
      boolean named = String.valueOf(refused.getMessage()).contains(Hosts.REFUSED_TOO);
      namedAtFirst += named && i < IN_A_ROW ? 1 : 0;
      plain += named ? 0 : 1;
      for (StackTraceElement frame : refused.getStackTrace()) {
        String type = frame.getClassName();
        boolean ours = type.startsWith("io.heagent.agent") || type.startsWith("sun.nio.ch.He");
        ofAgent += ours ? 1 : 0;
      }
    }
    boolean cured;
    try (ServerSocket server = new ServerSocket(port, 50, Loopback.address(Hosts.REFUSED_TOO))) {
      cured = server.isBound() && isCured(way, to);
    }
    new Facts(name)
        .put("named at first", namedAtFirst)
        .put("some plain", plain > 0)
        .put("frames of the agent", ofAgent)
        .put("cured", cured)
        .print();
  }

  private static ConnectException refusal(Connect way, InetSocketAddress to) throws IOException {
    try {
      way.connect(to);
    } catch (ConnectException refused) {
      return refused;
    }
    throw new IOException("somebody listens");
  }

  private static boolean isCured(Connect way, InetSocketAddress to) throws IOException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (System.nanoTime() < deadline) {
      try {
        way.connect(to);
        return true;
      } catch (ConnectException refused) {
        // Within 10 ms of the last race.
      }
    }
    return false;
  }

  private static void socket(InetSocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, (int) Racing.LONG_MILLIS);
    }
  }

  /**
   * The JDK tells of the refusal by the event, because the kernel has answered the connect call
   * with "in progress".
   */
  private static boolean connect(SocketChannel channel, InetSocketAddress to) throws IOException {
    try {
      return channel.connect(to);
    } catch (ConnectException refused) {
      throw new IOException("thrown by connect", refused);
    }
  }

  private static void selector(InetSocketAddress to) throws IOException {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.channel()) {
      if (!connect(channel, to)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        Cases.equal(1, selector.select(Racing.LONG_MILLIS));
        Cases.isTrue(channel.finishConnect());
      }
    }
  }
}
