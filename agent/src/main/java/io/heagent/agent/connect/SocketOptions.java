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

  private SocketOptions() {}

  /**
   * Sets what differs. Only that: setting a buffer size to the value it has switches off the
   * kernel's tuning of it. Buffer sizes count before the SYN, so this is done before connecting.
   *
   * @return the values that the program's socket had
   */
  static Map<SocketOption<?>, Object> copy(Object from, SocketChannel to) {
    Map<SocketOption<?>, Object> values = new HashMap<>();
    Set<SocketOption<?>> possible = to.supportedOptions();
    for (SocketOption<?> option : HeJdk.supportedOptions(from)) {
      if (possible.contains(option)) {
        copy(option, from, to, values);
      }
    }
    return values;
  }

  /**
   * Sets what the program has changed since {@link #copy}, and nothing else: of a connection that
   * is through the kernel has tuned the buffers, so there they differ from an unconnected socket's.
   */
  static void copyChanged(Object from, SocketChannel to, Map<SocketOption<?>, Object> since) {
    since.forEach((option, old) -> copyChanged(option, from, to, old));
  }

  private static <T> void copy(
      SocketOption<T> option, Object from, SocketChannel to, Map<SocketOption<?>, Object> values) {
    try {
      T value = HeJdk.option(from, option);
      values.put(option, value);
      if (value != null && !Objects.equals(value, to.getOption(option))) {
        to.setOption(option, value);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Read-only options (SO_INCOMING_NAPI_ID) and values the kernel does not take back.
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
      // Read-only options (SO_INCOMING_NAPI_ID) and values the kernel does not take back.
      Failures.ignored(e);
    }
  }
}
