package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/**
 * Sets options, connects, and tells all options of what came of it. Each case once to a literal
 * address, where nothing is raced, and once to a name whose first address is dead. Argument: port.
 */
public final class OptionsProbe {
  /** When the options are set. */
  public enum When {
    NEVER,
    BEFORE,
    DURING
  }

  /** In the middle of a race whose delay is 100 ms: both addresses are being dialled. */
  private static final long DURING_MILLIS = 30;

  private OptionsProbe() {}

  /** The name of a case. */
  public static String name(boolean channel, When when, Scenario scenario) {
    return (channel ? "CHANNEL " : "SOCKET ") + when + " " + scenario;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    for (boolean channel : new boolean[] {false, true}) {
      for (When when : When.values()) {
        for (Scenario scenario : Set.of(Scenario.LITERAL, Scenario.DEAD_FIRST)) {
          one(channel, when, scenario, port);
        }
      }
    }
  }

  private static void one(boolean channel, When when, Scenario scenario, int port)
      throws Exception {
    InetSocketAddress to = new InetSocketAddress(scenario.host(Service.TALK), port);
    Facts facts = new Facts(name(channel, when, scenario));
    if (channel) {
      try (SocketChannel connecting = SocketChannel.open()) {
        around(when, scenario, new OfChannel(connecting), () -> connecting.connect(to));
        facts.put("options", new OfChannel(connecting).all()).print();
      }
    } else {
      try (Socket connecting = new Socket()) {
        around(when, scenario, new OfSocket(connecting), () -> connecting.connect(to));
        facts.put("options", new OfSocket(connecting).all()).print();
      }
    }
  }

  private interface Connect {
    void run() throws IOException;
  }

  private static void around(When when, Scenario scenario, Options options, Connect connect)
      throws Exception {
    // A connect to the literal is over at once, so nothing can be set during it: the options that
    // hold afterwards are compared.
    if (when == When.BEFORE || (when == When.DURING && scenario == Scenario.LITERAL)) {
      options.set(when);
    }
    CountDownLatch begun = new CountDownLatch(1);
    Thread setter =
        new Thread(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DURING_MILLIS));
              options.set(when);
              begun.countDown();
            });
    if (when == When.DURING && scenario != Scenario.LITERAL) {
      setter.start();
    } else {
      begun.countDown();
    }
    connect.run();
    begun.await();
  }

  /** The options of a socket or a channel. */
  private abstract static class Options {
    abstract Set<SocketOption<?>> supported();

    abstract <T> T get(SocketOption<T> option) throws IOException;

    abstract <T> void put(SocketOption<T> option, T value) throws IOException;

    final void set(When when) {
      try {
        put(StandardSocketOptions.SO_KEEPALIVE, true);
        put(StandardSocketOptions.TCP_NODELAY, true);
        put(StandardSocketOptions.SO_LINGER, 7);
        put(StandardSocketOptions.IP_TOS, 0x10);
        put(StandardSocketOptions.SO_RCVBUF, 40_000);
        put(StandardSocketOptions.SO_SNDBUF, 30_000);
        put(ExtendedSocketOptions.TCP_KEEPIDLE, 111);
        put(ExtendedSocketOptions.TCP_KEEPINTERVAL, 22);
        put(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        if (when == When.BEFORE) {
          put(StandardSocketOptions.SO_REUSEADDR, true);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    final Map<String, Object> all() throws IOException {
      Map<String, Object> values = new TreeMap<>();
      for (SocketOption<?> option : supported()) {
        // Which CPU or queue a packet came by is no setting.
        boolean setting = !option.name().startsWith("SO_INCOMING");
        if (setting && !NetworkInterface.class.equals(option.type())) {
          values.put(option.name(), String.valueOf(get(option)));
        }
      }
      return values;
    }
  }

  private static final class OfSocket extends Options {
    private final Socket socket;

    OfSocket(Socket socket) {
      this.socket = socket;
    }

    @Override
    Set<SocketOption<?>> supported() {
      return socket.supportedOptions();
    }

    @Override
    <T> T get(SocketOption<T> option) throws IOException {
      return socket.getOption(option);
    }

    @Override
    <T> void put(SocketOption<T> option, T value) throws IOException {
      socket.setOption(option, value);
    }
  }

  private static final class OfChannel extends Options {
    private final NetworkChannel channel;

    OfChannel(NetworkChannel channel) {
      this.channel = channel;
    }

    @Override
    Set<SocketOption<?>> supported() {
      return channel.supportedOptions();
    }

    @Override
    <T> T get(SocketOption<T> option) throws IOException {
      return channel.getOption(option);
    }

    @Override
    <T> void put(SocketOption<T> option, T value) throws IOException {
      channel.setOption(option, value);
    }
  }
}
