package io.heagent.agent.connect;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import sun.nio.ch.HeSocket;

/**
 * Carries the options of the program's socket over to a side channel. Only what differs from a new
 * socket's: setting a buffer size to the value it has switches off the kernel's tuning of it.
 */
final class SocketOptions {

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

  private SocketOptions() {}

  /**
   * Sets what counts before the SYN, such as buffer sizes.
   *
   * @param to new, of nothing changed
   * @return the values that it has now
   */
  static Map<SocketOption<?>, Object> copy(Object from, SocketChannel to, boolean ipv4Only) {
    Collection<SocketOption<?>> relevant = relevant(from);
    if (relevant.isEmpty()) {
      return Map.of();
    }
    Map<SocketOption<?>, Object> values = new HashMap<>();
    for (SocketOption<?> option : relevant) {
      Object byDefault = DefaultOptions.of(option, ipv4Only);
      if (byDefault != null && OF_CONNECTIONS.contains(option.name())) {
        values.put(option, byDefault);
      } else if (byDefault != null) {
        copy(option, from, to, byDefault, values);
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
  static void copyChanged(
      Object from, SocketChannel to, boolean ipv4Only, Map<SocketOption<?>, Object> set) {
    for (SocketOption<?> option : relevant(from)) {
      Object old = set.get(option);
      if (old == null) {
        old = DefaultOptions.of(option, ipv4Only);
      }
      if (old != null) {
        copyChanged(option, from, to, old);
      }
    }
  }

  private static Collection<SocketOption<?>> relevant(Object from) {
    return GivenOptions.OF_PROCESS.among(HeSocket.supportedOptions(from));
  }

  private static <T> void copy(
      SocketOption<T> option,
      Object from,
      SocketChannel to,
      Object byDefault,
      Map<SocketOption<?>, Object> values) {
    try {
      T value = HeSocket.option(from, option);
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
      T value = HeSocket.option(from, option);
      if (value != null && !value.equals(old)) {
        to.setOption(option, value);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Values the kernel does not take back.
      Failures.ignored(e);
    }
  }
}
