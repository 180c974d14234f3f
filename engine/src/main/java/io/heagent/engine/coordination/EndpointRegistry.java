package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows what the connects to each name and port are doing, or have just done. From that a race
 * learns how the program itself uses the addresses of a name. Whatever it learns, each connect
 * dials the address that was requested.
 *
 * <ul>
 *   <li>A connect to another address has just failed: the program goes through the list by itself
 *       (MySQL, Apache, Jedis), see {@link FailoverSequence}. What has failed in that sequence is
 *       not tried for it again, so that n addresses are not dialled n times n.
 *   <li>A thread begins a channel's connect to <em>another</em> address while its first is pending:
 *       it races by itself, see {@link PendingConnects}. Siblings then join after two delays.
 *   <li>Many blocking connects ask for one address at once: only some dial it, see {@link
 *       DialGroup}.
 * </ul>
 *
 * <p>Each connect costs the same, however many names are known: names without a connect in flight
 * wait in a queue to be forgotten, and a connect that ends looks at the head of that queue only.
 *
 * <p>Locks: the monitor of each {@link EndpointState} guards it, its sequences and the tickets that
 * it has given; inside it only a bin of the map is taken, to forget it. The monitor of {@link
 * #idle} guards that queue; it is taken with no other held, and none is taken inside it. This does
 * not use {@code ConcurrentHashMap.compute}, which would be such a lock too: with what is done here
 * inlined, HotSpot's C2 (JDK 25) needs 20 s to compile that method, and compiles nothing else
 * meanwhile.
 *
 * <p>Any thread may call it. Times are in nanoseconds, of any origin.
 */
public final class EndpointRegistry {

  /** So many names at most are known only for what was, and not for a connect in flight. */
  static final int MAX_IDLE = 1024;

  /** A name that had nothing but sequences left when one of its connects ended. */
  private record Idle(EndpointState state, long since) {}

  private final ConcurrentHashMap<Endpoint, EndpointState> states = new ConcurrentHashMap<>();

  /** The longest idle first. A name may be in it again and again, and may be busy by now. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  private final Scheduler time;

  /**
   * With no connect known.
   *
   * @param time for dial groups, which look for closed sockets from time to time
   */
  public EndpointRegistry(Scheduler time) {
    this.time = time;
  }

  /**
   * A connect to a chosen address begins.
   *
   * @param ticket a new one, to be given to {@link #end} when the connect has ended
   * @return the ticket, with what it is to do
   */
  public Ticket begin(Endpoint endpoint, Ticket ticket, long now) {
    while (true) {
      EndpointState state = state(endpoint);
      synchronized (state) {
        if (!state.isForgotten()) {
          state.begin(ticket, now);
          return ticket;
        }
      }
    }
  }

  /** A connect has ended like this; from the second time on nothing happens. */
  public void end(Ticket ticket, ConnectOutcome outcome, long now) {
    EndpointState state = ticket.state();
    boolean isIdle;
    synchronized (state) {
      // A state with a connect in flight is never forgotten, so this is the one in the map.
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

  private EndpointState state(Endpoint endpoint) {
    EndpointState state = states.get(endpoint);
    if (state != null) {
      return state;
    }
    EndpointState fresh = new EndpointState(endpoint, time);
    EndpointState other = states.putIfAbsent(endpoint, fresh);
    return other == null ? fresh : other;
  }

  private void forget(EndpointState state) {
    state.forget();
    states.remove(state.endpoint, state);
  }

  /** One more is idle: forgets those of which nothing matters any more, and one too many. */
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
        // One that has been used since is further back in the queue, or will be.
        if (!one.state.isForgotten() && one.state.isIdleSince(one.since)) {
          forget(one.state);
        }
      }
    }
  }

  /** How many names are known: exact only while no connect begins or ends. */
  public int size() {
    return states.size();
  }
}
