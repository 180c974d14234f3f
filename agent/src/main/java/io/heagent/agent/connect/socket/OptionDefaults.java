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
 * The option values of a new socket, read from a fallback socket before any of its options is
 * changed. Only options that some socket of this JVM was ever given are read. An administrator may
 * change the system's defaults at any time, so they are read again after a second. Any thread may
 * call this without a lock: if two threads read at once, both have the system's values.
 */
public final class OptionDefaults {

  private static final long FRESH_NANOS = 1_000_000_000L;

  /**
   * Linux does not allow this option to be set, and its value may differ from one socket to the
   * next.
   */
  private static final String READ_ONLY = "SO_INCOMING_NAPI_ID";

  private final OptionsInUse given;
  private final SystemCalls system;

  /** Written by the thread that read last; null until the first read. */
  private volatile Values ofIpv4;

  private volatile Values ofBoth;

  /**
   * Makes an object that has read nothing yet.
   *
   * @param system tells the time
   */
  public OptionDefaults(OptionsInUse given, SystemCalls system) {
    this.given = given;
    this.system = system;
  }

  /**
   * The defaults of a socket like this one.
   *
   * @param fresh a new socket, of which no option has been changed
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

  /** The defaults as they were at one moment. Immutable. */
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
          // The kernel is too old, or a container forbids the option, so the program cannot have
          // set it either.
          Faults.ignored(e);
        }
      }
      FileDescriptor fd = HeSocket.descriptor(fresh);
      for (NativeOption option : NativeOption.all()) {
        try {
          natives.put(option, option.get(fd));
        } catch (IOException missing) {
          // The kernel lacks the option, or the socket is of the other address family.
          Faults.ignored(missing);
        }
      }
    }

    /** The value of an option; null if a socket like this does not have the option. */
    Object of(SocketOption<?> option) {
      return values.get(option);
    }

    /** The value of an option; null if a socket like this does not have the option. */
    Integer of(NativeOption option) {
      return natives.get(option);
    }

    /** The options of Java that some socket was ever given and that a socket like this has. */
    Set<SocketOption<?>> given() {
      return values.keySet();
    }
  }
}
