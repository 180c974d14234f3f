package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which connects to each name and port are in flight or have just ended. From that a race
 * learns how the program itself uses the addresses of a name. Each connect dials the address that
 * the program requested, whatever is known here; the following concerns the other addresses.
 *
 * <ul>
 *   <li>If a connect to another address of the name has just failed, the program goes through the
 *       addresses by itself (as MySQL's, Apache's and Jedis' clients do), see {@link
 *       FailoverSequence}. Addresses that have failed in that sequence are not tried again for it,
 *       so that n addresses do not lead to n times n attempts.
 *   <li>If a thread begins a channel's connect to <em>another</em> address of the name while its
 *       first one is pending, the program races by itself, see {@link PendingConnects}. Its other
 *       addresses are then dialled after two delays.
 *   <li>If many blocking connects ask for the same address at once, only some of them dial it, see
 *       {@link DialGroup}.
 * </ul>
 *
 * <p>The cost of a connect does not depend on how many names are known: names without a connect in
 * flight stand in a queue until they are forgotten, and a connect that ends looks at the head of
 * that queue only.
 *
 * <p>Locks: the monitor of each {@link EndpointState} guards it, its sequences and the tickets that
 * it has given; inside it only the lock of a bin of the map is taken, when the state is removed.
 * The monitor of {@link #idle} guards that queue; it is taken while no other lock is held, and no
 * lock is taken inside it. {@code ConcurrentHashMap.compute} would serve as the lock of a state
 * too, but with the code of this package inlined into it, C2 of JDK 25 needed 20 s to compile it,
 * and compiled nothing else meanwhile.
 *
 * <p>Any thread may call it. Times are in nanoseconds since an arbitrary moment.
 */
public final class EndpointRegistry {

  /** How many names without a connect in flight are kept at most. */
  static final int MAX_IDLE = 1024;

  /** A name that had no connect in flight when one of its connects ended, at that time. */
  private record Idle(EndpointState state, long since) {}

  /** Each state is its own key, because nearly every connect makes one and would make the other. */
  private final ConcurrentHashMap<EndpointState, EndpointState> states = new ConcurrentHashMap<>();

  /**
   * The name that has been idle for the longest time first. A name may be in it several times, and
   * may have a connect in flight again.
   */
  private final Deque<Idle> idle = new ArrayDeque<>();

  private final Scheduler time;

  /**
   * A registry that knows no connect.
   *
   * @param time timers for dial groups, which check from time to time whether sockets were closed
   */
  public EndpointRegistry(Scheduler time) {
    this.time = time;
  }

  /**
   * A connect begins.
   *
   * @param host the name that the program connects to
   * @param ticket a new ticket; the caller passes it to {@link #end} when the connect has ended
   * @param leastNanos the program's timeout is not shortened to less than this
   * @return the same ticket, which now says what the connect is to do
   */
  public Ticket begin(String host, int port, Ticket ticket, long leastNanos, long now) {
    while (true) {
      EndpointState state = state(host, port);
      synchronized (state) {
        if (!state.isForgotten()) {
          state.begin(ticket, leastNanos, now, time);
          return ticket;
        }
      }
    }
  }

  /** A connect has ended with this outcome. Calls after the first one for a ticket do nothing. */
  public void end(Ticket ticket, ConnectOutcome outcome, long now) {
    EndpointState state = ticket.state();
    boolean isIdle;
    synchronized (state) {
      // A state with a connect in flight is never forgotten, so this state is the one in the map.
      if (!ticket.end()) {
        return;
      }
      state.end(ticket, outcome, now);
      if (state.isUseless(now)) {
        forget(state);
      }
      isIdle = !state.isForgotten() && !state.isBusy();
    }
    if (isIdle) {
      forgetOthers(new Idle(state, now));
    }
  }

  private EndpointState state(String host, int port) {
    EndpointState fresh = new EndpointState(host, port);
    // Asked first, because it never takes the lock of a bin, for which a crowd would wait.
    EndpointState known = states.get(fresh);
    if (known != null) {
      return known;
    }
    EndpointState other = states.putIfAbsent(fresh, fresh);
    return other == null ? fresh : other;
  }

  private void forget(EndpointState state) {
    state.forget();
    // While a state is forgotten, no other one takes its place before this has removed it.
    states.remove(state);
  }

  /**
   * Adds an idle name to the queue, and forgets the names whose sequences are over, and the oldest
   * if there are too many.
   */
  private void forgetOthers(Idle latest) {
    List<Idle> due = new ArrayList<>(2);
    synchronized (idle) {
      idle.addLast(latest);
      while (idle.size() > MAX_IDLE
          || latest.since - idle.peekFirst().since >= FailoverSequence.PAUSE_NANOS) {
        due.add(idle.removeFirst());
      }
    }
    for (Idle one : due) {
      synchronized (one.state) {
        // A name that has been used since is in the queue a second time, or will be when that
        // connect ends.
        if (!one.state.isForgotten() && one.state.isIdleSince(one.since)) {
          forget(one.state);
        }
      }
    }
  }

  /** How many names are known; exact only while no connect begins or ends. */
  public int size() {
    return states.size();
  }
}
