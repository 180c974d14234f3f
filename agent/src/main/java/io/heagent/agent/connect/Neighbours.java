package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * What other connects to the same name and port are doing, or have just done: by this a race
 * notices programs with a mind of their own.
 *
 * <ul>
 *   <li>A connect to <em>another</em> address of the name is in flight: the program races by itself
 *       (OkHttp 5, MSSQL, jnats). Each connect then gets exactly its one address.
 *   <li>A connect to another address has just failed: the program walks the list (MySQL, Apache,
 *       Jedis), see {@link Walk}. What has failed in vain on this walk is not tried for it again: n
 *       addresses are not dialled n times n.
 * </ul>
 *
 * <p>Lock: each neighbourhood's own monitor guards it and its walks; inside it only a bin of the
 * map is taken, to forget it. Not {@code ConcurrentHashMap.compute}, which would be such a lock
 * too: with what is done here inlined, HotSpot's C2 (JDK 25) needs 20 s to compile that method, and
 * compiles nothing else meanwhile. Time is a parameter, of {@link System#nanoTime}.
 */
final class Neighbours {

  static final int MAX_ENTRIES = 1024;

  private record Name(String host, int port) {}

  private final ConcurrentHashMap<Name, Neighbourhood> entries = new ConcurrentHashMap<>();

  /**
   * A connect to a chosen address begins.
   *
   * @param blocking whether the thread waits for it
   * @return what it is to do; unless that is to stand down, {@link #end} is to follow
   */
  Neighbourhood.Part begin(ConnectCall call, InetAddress requested, boolean blocking, long now) {
    Name name = key(call);
    while (true) {
      Neighbourhood entry = entry(name);
      synchronized (entry) {
        if (!entry.isForgotten()) {
          return entry.begin(call, requested, blocking, now);
        }
      }
    }
  }

  /** The connect is over; {@code call} says how. */
  void end(ConnectCall call, long now) {
    Name name = key(call);
    while (!end(name, entry(name), call, now)) {
      // Forgotten meanwhile: there is another one.
    }
    if (entries.size() > MAX_ENTRIES) {
      sweep(name, now);
    }
  }

  private boolean end(Name name, Neighbourhood entry, ConnectCall call, long now) {
    synchronized (entry) {
      if (entry.isForgotten()) {
        return false;
      }
      entry.end(call, call.requested, now);
      if (entry.isUseless(now)) {
        forget(name, entry);
      }
      return true;
    }
  }

  private Neighbourhood entry(Name name) {
    Neighbourhood entry = entries.get(name);
    return entry != null ? entry : entries.computeIfAbsent(name, absent -> new Neighbourhood());
  }

  private void forget(Name name, Neighbourhood entry) {
    entry.forget();
    entries.remove(name, entry);
  }

  /** Forgets what is over, and where that is not enough, all but this one and what is in flight. */
  private void sweep(Name kept, long now) {
    forgetAll((name, entry) -> entry.isUseless(now));
    if (entries.size() > MAX_ENTRIES) {
      forgetAll((name, entry) -> !name.equals(kept) && !entry.isBusy());
    }
  }

  private void forgetAll(BiPredicate<Name, Neighbourhood> which) {
    entries.forEach(
        (name, entry) -> {
          synchronized (entry) {
            if (which.test(name, entry)) {
              forget(name, entry);
            }
          }
        });
  }

  /** How many names are known. */
  int size() {
    return entries.size();
  }

  private static Name key(ConnectCall call) {
    return new Name(call.host, call.port);
  }
}
