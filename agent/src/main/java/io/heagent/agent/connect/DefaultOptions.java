package io.heagent.agent.connect;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sun.nio.ch.HeJdk;

/**
 * The values that the options of a new socket have, each asked for when it is first needed. They
 * are the system's, and an administrator may change them at any time: kept for a second. Any
 * thread.
 */
final class DefaultOptions {

  private static final long FRESH_NANOS = 1_000_000_000L;

  /** Cannot be set, and may differ from one socket to the next (Linux). */
  private static final String READ_ONLY = "SO_INCOMING_NAPI_ID";

  private static volatile DefaultOptions ofIpv4 = new DefaultOptions();
  private static volatile DefaultOptions ofBoth = new DefaultOptions();

  private final Map<SocketOption<?>, Object> values = new ConcurrentHashMap<>();
  private final long since = System.nanoTime();

  private DefaultOptions() {}

  /** The value; null where there is none, or it cannot be had. */
  static Object of(SocketOption<?> option, boolean ipv4Only) {
    DefaultOptions known = ipv4Only ? ofIpv4 : ofBoth;
    if (System.nanoTime() - known.since >= FRESH_NANOS) {
      known = new DefaultOptions();
      if (ipv4Only) {
        ofIpv4 = known;
      } else {
        ofBoth = known;
      }
    }
    Object value = known.values.get(option);
    if (value == null) {
      value = ask(option, ipv4Only);
      if (value != null) {
        known.values.put(option, value);
      }
    }
    return value;
  }

  private static Object ask(SocketOption<?> option, boolean ipv4Only) {
    if (option.name().equals(READ_ONLY)) {
      return null;
    }
    try (SocketChannel fresh = HeJdk.openChannel(ipv4Only)) {
      return fresh.getOption(option);
    } catch (IOException | UnsupportedOperationException e) {
      Failures.ignored(e);
      return null;
    }
  }
}
