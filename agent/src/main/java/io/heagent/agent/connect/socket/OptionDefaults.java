package io.heagent.agent.connect.socket;

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
 * administrator may change them at any time: read again after a second. Any thread, without a lock:
 * two that read at once both have the system's values.
 */
public final class OptionDefaults {

  private static final long FRESH_NANOS = 1_000_000_000L;

  /** Cannot be set, and may differ from one socket to the next (Linux). */
  private static final String READ_ONLY = "SO_INCOMING_NAPI_ID";

  private final OptionsInUse given;
  private final SystemCalls system;

  /** Written by whoever has read them last; null before that. */
  private volatile Values ofIpv4;

  private volatile Values ofBoth;

  /**
   * With nothing read yet.
   *
   * @param system tells the time
   */
  public OptionDefaults(OptionsInUse given, SystemCalls system) {
    this.given = given;
    this.system = system;
  }

  /**
   * Those of such a socket.
   *
   * @param fresh of which nothing has been changed
   */
  public Values of(SocketChannel fresh, boolean ipv4Only) {
    Set<SocketOption<?>> asked = given.among(fresh);
    Values known = ipv4Only ? ofIpv4 : ofBoth;
    long now = system.nanoTime();
    if (known == null || now - known.since >= FRESH_NANOS || !known.asked.containsAll(asked)) {
      known = new Values(fresh, asked, now);
      if (ipv4Only) {
        ofIpv4 = known;
      } else {
        ofBoth = known;
      }
    }
    return known;
  }

  /** As read at one moment. Immutable. */
  public static final class Values {

    private final Map<SocketOption<?>, Object> values = new HashMap<>();
    private final Set<SocketOption<?>> asked;
    private final Map<NativeOption, Integer> natives = new EnumMap<>(NativeOption.class);
    private final long since;

    private Values(SocketChannel fresh, Set<SocketOption<?>> asked, long now) {
      this.asked = asked;
      this.since = now;
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
}
