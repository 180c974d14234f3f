package io.heagent.agent.connect;

import java.net.SocketOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The options that some socket of this JVM has ever been given. No socket has another option at
 * anything but its default, so nobody need ask it: asking is a system call for each, two dozen in a
 * race, and most programs set none or two. Any thread.
 */
final class GivenOptions {

  /** The one of this process. */
  static final GivenOptions OF_PROCESS = new GivenOptions();

  /** Null while that is not known: then any may have been set. Written once, before any race. */
  private volatile Set<SocketOption<?>> given;

  /** From now on {@link #add} is told of each, and none has been set before. */
  void begin() {
    given = ConcurrentHashMap.newKeySet();
  }

  /** This option of some socket is about to be set. */
  void add(SocketOption<?> option) {
    Set<SocketOption<?>> all = given;
    // A look first: it takes no lock, and all calls but the first end here.
    if (all != null && !all.contains(option)) {
      all.add(option);
    }
  }

  /** Those of these options that a socket may have at another value than the default. */
  Collection<SocketOption<?>> among(Set<SocketOption<?>> supported) {
    Set<SocketOption<?>> all = given;
    if (all == null) {
      return supported;
    } else if (all.isEmpty()) {
      return List.of();
    }
    List<SocketOption<?>> both = new ArrayList<>(all.size());
    for (SocketOption<?> option : all) {
      if (supported.contains(option)) {
        both.add(option);
      }
    }
    return both;
  }
}
