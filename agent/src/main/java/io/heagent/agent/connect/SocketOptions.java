package io.heagent.agent.connect;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import sun.nio.ch.HeJdk;

/** Carries the options of the program's socket over to a side channel. */
final class SocketOptions {

  /** Cannot be set, and may differ from one socket to the next (Linux). */
  private static final String READ_ONLY = "SO_INCOMING_NAPI_ID";

  /** Change nothing before there is a connection, so most side channels need never have them. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "SO_KEEPALIVE",
          "SO_LINGER",
          "SO_OOBINLINE",
          "TCP_KEEPCOUNT",
          "TCP_KEEPIDLE",
          "TCP_KEEPINTERVAL",
          "TCP_NODELAY");

  /** Defaults are the system's, and an administrator may change them at any time. */
  private static final long FRESH_NANOS = 1_000_000_000L;

  /** What a new channel has set: each value is a system call, and most programs set nothing. */
  private record Defaults(Map<SocketOption<?>, Object> values, long readAt) {}

  private static volatile Defaults defaultsOfIpv4;
  private static volatile Defaults defaultsOfBoth;

  private SocketOptions() {}

  /**
   * Sets what differs of what counts before the SYN, such as buffer sizes. Only what differs:
   * setting a buffer size to the value it has switches off the kernel's tuning of it.
   *
   * @param to new, of nothing changed
   * @return the values that it has now
   */
  static Map<SocketOption<?>, Object> copy(Object from, SocketChannel to, boolean ipv4Only) {
    Map<SocketOption<?>, Object> values = new HashMap<>();
    Map<SocketOption<?>, Object> defaults = defaults(to, ipv4Only);
    for (SocketOption<?> option : HeJdk.supportedOptions(from)) {
      Object byDefault = defaults.get(option);
      if (byDefault != null && OF_CONNECTIONS.contains(option.name())) {
        values.put(option, byDefault);
      } else if (byDefault != null) {
        copy(option, from, to, byDefault, values);
      }
    }
    return values;
  }

  private static Map<SocketOption<?>, Object> defaults(SocketChannel fresh, boolean ipv4Only) {
    Defaults known = ipv4Only ? defaultsOfIpv4 : defaultsOfBoth;
    long now = System.nanoTime();
    if (known == null || now - known.readAt >= FRESH_NANOS) {
      known = new Defaults(values(fresh), now);
      if (ipv4Only) {
        defaultsOfIpv4 = known;
      } else {
        defaultsOfBoth = known;
      }
    }
    return known.values;
  }

  private static Map<SocketOption<?>, Object> values(SocketChannel channel) {
    Map<SocketOption<?>, Object> values = new HashMap<>();
    for (SocketOption<?> option : channel.supportedOptions()) {
      if (!option.name().equals(READ_ONLY)) {
        try {
          values.put(option, channel.getOption(option));
        } catch (IOException | UnsupportedOperationException e) {
          Failures.ignored(e);
        }
      }
    }
    return values;
  }

  /**
   * Sets what the program has that {@link #copy} has not set, and nothing else: of a connection
   * that is through the kernel has tuned the buffers, so there they differ from an unconnected
   * socket's.
   *
   * @param set what {@link #copy} has returned
   */
  static void copyChanged(Object from, SocketChannel to, Map<SocketOption<?>, Object> set) {
    set.forEach((option, old) -> copyChanged(option, from, to, old));
  }

  private static <T> void copy(
      SocketOption<T> option,
      Object from,
      SocketChannel to,
      Object byDefault,
      Map<SocketOption<?>, Object> values) {
    try {
      T value = HeJdk.option(from, option);
      values.put(option, value);
      if (value != null
          && !value.equals(byDefault)
          && !Objects.equals(value, to.getOption(option))) {
        to.setOption(option, value);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Values the kernel does not take back.
      Failures.ignored(e);
    }
  }

  private static <T> void copyChanged(
      SocketOption<T> option, Object from, SocketChannel to, Object old) {
    try {
      T value = HeJdk.option(from, option);
      if (value != null && !value.equals(old)) {
        to.setOption(option, value);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Values the kernel does not take back.
      Failures.ignored(e);
    }
  }
}
