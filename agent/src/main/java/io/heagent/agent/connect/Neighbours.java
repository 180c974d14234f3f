package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

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
 * <p>Each neighbourhood, with its walks, is only touched inside {@code ConcurrentHashMap.compute},
 * which is its lock; nothing else is taken inside. Time is a parameter, of {@link System#nanoTime}.
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
    Neighbourhood.Part[] part = new Neighbourhood.Part[1];
    entries.compute(
        key(call),
        (key, found) -> {
          Neighbourhood entry = found == null ? new Neighbourhood() : found;
          part[0] = entry.begin(call, requested, blocking, now);
          return entry;
        });
    return part[0];
  }

  /** The connect is over; {@code call} says how. */
  void end(ConnectCall call, long now) {
    Name name = key(call);
    entries.compute(
        name,
        (key, found) -> {
          Neighbourhood entry = found == null ? new Neighbourhood() : found;
          entry.end(call, call.requested, now);
          return entry.isUseless(now) ? null : entry;
        });
    if (entries.size() > MAX_ENTRIES) {
      sweep(name, now);
    }
  }

  /** Forgets what is over, and where that is not enough, all but this one and what is in flight. */
  private void sweep(Name kept, long now) {
    entries
        .keySet()
        .forEach(k -> entries.computeIfPresent(k, (x, e) -> e.isUseless(now) ? null : e));
    if (entries.size() > MAX_ENTRIES) {
      entries.keySet().removeIf(k -> !k.equals(kept) && !isBusy(k));
    }
  }

  private boolean isBusy(Name name) {
    boolean[] busy = {false};
    entries.computeIfPresent(
        name,
        (key, entry) -> {
          busy[0] = entry.isBusy();
          return entry;
        });
    return busy[0];
  }

  /** How many names are known. */
  int size() {
    return entries.size();
  }

  private static Name key(ConnectCall call) {
    return new Name(call.host, call.port);
  }
}
