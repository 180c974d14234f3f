package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import sun.nio.ch.HeSocket;

/**
 * The values that the options of a new socket have, read from a side socket before anything of it
 * is changed: no more than those that some socket was ever given. They are the system's, and an
 * administrator may change them at any time: read again after a second. Immutable.
 */
final class DefaultOptions {

  private static final long FRESH_NANOS = 1_000_000_000L;

  /** Cannot be set, and may differ from one socket to the next (Linux). */
  private static final String READ_ONLY = "SO_INCOMING_NAPI_ID";

  /** Written by whoever has read them last; null before that. */
  private static volatile DefaultOptions ofIpv4;

  private static volatile DefaultOptions ofBoth;

  private final Map<SocketOption<?>, Object> values = new HashMap<>();
  private final Set<SocketOption<?>> asked;
  private final Map<NativeOption, Integer> natives = new EnumMap<>(NativeOption.class);
  private final long since = System.nanoTime();

  private DefaultOptions(SocketChannel fresh, Set<SocketOption<?>> asked) {
    this.asked = asked;
    for (SocketOption<?> option : asked) {
      try {
        if (!option.name().equals(READ_ONLY)) {
          values.put(option, fresh.getOption(option));
        }
      } catch (IOException | UnsupportedOperationException e) {
        // An older kernel, a container that forbids it: the program cannot have set it either.
        Faults.ignored(e);
      }
    }
    FileDescriptor fd = HeSocket.descriptor(fresh);
    for (NativeOption option : NativeOption.all()) {
      try {
        natives.put(option, option.get(fd));
      } catch (IOException missing) {
        // As above, or of the other family.
        Faults.ignored(missing);
      }
    }
  }

  /**
   * Those of such a socket.
   *
   * @param fresh of which nothing has been changed
   */
  static DefaultOptions of(SocketChannel fresh, boolean ipv4Only) {
    Set<SocketOption<?>> given = GivenOptions.OF_PROCESS.among(fresh);
    DefaultOptions known = ipv4Only ? ofIpv4 : ofBoth;
    if (known == null
        || System.nanoTime() - known.since >= FRESH_NANOS
        || !known.asked.containsAll(given)) {
      known = new DefaultOptions(fresh, given);
      if (ipv4Only) {
        ofIpv4 = known;
      } else {
        ofBoth = known;
      }
    }
    return known;
  }

  /** The value; null where a socket does not have the option. */
  Object of(SocketOption<?> option) {
    return values.get(option);
  }

  /** The value; null where a socket does not have the option. */
  Integer of(NativeOption option) {
    return natives.get(option);
  }

  /** Those options of Java's that some socket was ever given and that such a socket has. */
  Set<SocketOption<?>> given() {
    return values.keySet();
  }
}
