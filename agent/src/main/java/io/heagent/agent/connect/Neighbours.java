package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What other connects to the same name and port are doing, or have just done: by this a race
 * notices programs with a mind of their own. Each connect dials its own address first all the same.
 *
 * <ul>
 *   <li>A connect to another address has just failed: the program walks the list (MySQL, Apache,
 *       Jedis), see {@link Walk}. What has failed in vain on this walk is not tried for it again: n
 *       addresses are not dialled n times n.
 *   <li>A thread begins a channel's connect to <em>another</em> address while its first is pending:
 *       it races by itself, see {@link InFlight}. Siblings then join after two delays.
 *   <li>Many blocking connects ask for one address at once: only some dial it, see {@link Flight}.
 * </ul>
 *
 * <p>Each connect costs the same, however many names are known: names without a connect in flight
 * wait in a queue to be forgotten, and one that ends looks at the head of that queue only.
 *
 * <p>Locks: each neighbourhood's own monitor guards it and its walks; inside it only a bin of the
 * map is taken, to forget it. The monitor of {@link #idle} guards that queue; it is taken with no
 * other held, and none is taken inside it. Not {@code ConcurrentHashMap.compute}, which would be
 * such a lock too: with what is done here inlined, HotSpot's C2 (JDK 25) needs 20 s to compile that
 * method, and compiles nothing else meanwhile. Time is a parameter, of {@link System#nanoTime}.
 */
final class Neighbours {

  /** So many names at most are known only for what was, and not for a connect in flight. */
  static final int MAX_IDLE = 1024;

  private record Name(String host, int port) {

    // Written out: what the compiler makes of a record is linked at run time, at the first connect.

    @Override
    public boolean equals(Object other) {
      return other instanceof Name name && port == name.port && host.equals(name.host);
    }

    @Override
    public int hashCode() {
      return 31 * host.hashCode() + port;
    }
  }

  /** A name that had nothing but walks left when one of its connects ended. */
  private record Idle(Name name, Neighbourhood entry, long since) {}

  private final ConcurrentHashMap<Name, Neighbourhood> entries = new ConcurrentHashMap<>();

  /** The longest idle first. A name may be in it again and again, and may be busy by now. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  /**
   * A connect to a chosen address begins; {@link #end} is to follow.
   *
   * @param blocking whether the thread waits for it
   */
  void begin(ConnectCall call, InetAddress requested, boolean blocking, long now) {
    Name name = key(call);
    while (true) {
      Neighbourhood entry = entry(name);
      synchronized (entry) {
        if (!entry.isForgotten()) {
          entry.begin(call, requested, blocking, now);
          return;
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
  }

  private boolean end(Name name, Neighbourhood entry, ConnectCall call, long now) {
    boolean isIdle;
    synchronized (entry) {
      if (entry.isForgotten()) {
        return false;
      }
      entry.end(call, call.requested, now);
      if (entry.isUseless(now)) {
        forget(name, entry);
      }
      isIdle = !entry.isForgotten() && !entry.isBusy();
    }
    if (isIdle) {
      forgetOthers(new Idle(name, entry, now));
    }
    return true;
  }

  private Neighbourhood entry(Name name) {
    Neighbourhood entry = entries.get(name);
    if (entry != null) {
      return entry;
    }
    Neighbourhood fresh = new Neighbourhood();
    Neighbourhood other = entries.putIfAbsent(name, fresh);
    return other == null ? fresh : other;
  }

  private void forget(Name name, Neighbourhood entry) {
    entry.forget();
    entries.remove(name, entry);
  }

  /** One more is idle: forgets those of which nothing matters any more, and one too many. */
  private void forgetOthers(Idle latest) {
    List<Idle> due = new ArrayList<>(2);
    synchronized (idle) {
      idle.addLast(latest);
      while (idle.size() > MAX_IDLE || latest.since - idle.peekFirst().since >= Walk.PAUSE_NANOS) {
        due.add(idle.removeFirst());
      }
    }
    for (Idle one : due) {
      synchronized (one.entry) {
        // One that has been used since is further back in the queue, or will be.
        if (!one.entry.isForgotten() && one.entry.isIdleSince(one.since)) {
          forget(one.name, one.entry);
        }
      }
    }
  }

  /** How many names are known. */
  int size() {
    return entries.size();
  }

  private static Name key(ConnectCall call) {
    return new Name(call.host, call.port);
  }
}
