package io.heagent.agent.connect.socket;

import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The options that some socket of this JVM has ever been given. No socket has another option at
 * anything but its default, so nobody need ask it: asking is a system call for each, two dozen in a
 * race, and most programs set none or two. Any thread.
 */
public final class OptionsInUse {

  /** Null while that is not known: then any may have been set. Written once, before any race. */
  private volatile Set<SocketOption<?>> given;

  /** From now on {@link #add} is told of each, and none has been set before. */
  public void begin() {
    given = ConcurrentHashMap.newKeySet();
  }

  /** This option of some socket is about to be set. */
  public void add(SocketOption<?> option) {
    Set<SocketOption<?>> all = given;
    // A look first: it takes no lock, and all calls but the first end here.
    if (all != null && !all.contains(option)) {
      all.add(option);
    }
  }

  /** Those of a channel's options that a socket may have at another value than the default. */
  Set<SocketOption<?>> among(SocketChannel channel) {
    Set<SocketOption<?>> all = given;
    if (all == null) {
      return channel.supportedOptions();
    } else if (all.isEmpty()) {
      // Not even asked which it has: a JVM's first race would load the classes of them all.
      return Set.of();
    }
    Set<SocketOption<?>> both = new HashSet<>(all);
    both.retainAll(channel.supportedOptions());
    return both;
  }
}
