package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits how many fallback attempts the races of the whole process have in flight, because
 * thousands of races at once must not flood a network that is in trouble already. The attempts on
 * the programs' own sockets are not counted. A race that gets no permit waits for its turn; it does
 * not skip the address.
 *
 * <p>A permit expires after one second at the latest. Otherwise attempts that never get an answer
 * would keep all other attempts from beginning. So hanging attempts delay others by one second at
 * most, and at most {@link #LIMIT} attempts begin in any second. One second is also the time after
 * which the system sends the SYN again (RFC 6298).
 *
 * <p>Any thread may call it. Lock: this object's monitor guards all state, that of waiters and
 * permits included; inside it only the scheduler's lock is taken. Waiters are told after it has
 * been released.
 */
public final class AttemptLimiter {

  static final int LIMIT = 256;
  static final long LEASE_NANOS = 1_000_000_000L;

  /** While races wait, a timer looks this often whether permits have expired. */
  static final long LOOK_NANOS = 50_000_000L;

  /** One race that waits for a permit. Its fields are guarded by the limiter's monitor. */
  public static final class Waiter {
    private final Runnable whenFree;

    /**
     * The permit that is reserved for this waiter from the time it is told until it calls {@link
     * #take}; otherwise the same free permit would be announced to every waiter. Null for none.
     */
    private Permit kept;

    /**
     * @param whenFree run by any thread when a permit is reserved for this waiter; it must lead to
     *     {@link #take} or {@link #leave}
     */
    public Waiter(Runnable whenFree) {
      this.whenFree = whenFree;
    }
  }

  /**
   * The permission to have one attempt in flight. Its fields are guarded by the limiter's monitor.
   */
  public static final class Permit {
    private final long until;
    private boolean over;

    private Permit(long until) {
      this.until = until;
    }
  }

  /** All permits given out, the oldest first; some of them may be over already. */
  private final Deque<Permit> given = new ArrayDeque<>();

  private int active;

  /** The waiters in the order of their turns. */
  private final Set<Waiter> waiting = new LinkedHashSet<>();

  private boolean timed;

  private final Scheduler time;

  /**
   * A limiter with no attempt in flight.
   *
   * @param time the clock and timers. Where it throws because no timer can be made, waiters get
   *     their turn when the next permit is taken or given back
   */
  public AttemptLimiter(Scheduler time) {
    this.time = time;
  }

  /**
   * Takes a permit, if one is left.
   *
   * @param waiter is told later if no permit is left now; null for a caller that asks again by
   *     itself. If this method throws, the waiter is not waiting.
   * @return null if no permit is left
   */
  public synchronized Permit take(Waiter waiter) {
    if (waiter != null && waiter.kept != null) {
      Permit kept = waiter.kept;
      waiter.kept = null;
      return kept;
    }
    long now = time.now();
    tidy(now);
    if (active < LIMIT) {
      return give(now);
    }
    if (waiter != null && waiting.add(waiter)) {
      try {
        time();
      } catch (RuntimeException | Error noTimer) {
        waiting.remove(waiter);
        throw noTimer;
      }
    }
    return null;
  }

  private Permit give(long now) {
    Permit permit = new Permit(now + LEASE_NANOS);
    given.add(permit);
    active++;
    return permit;
  }

  /**
   * The race of this waiter is over: it no longer waits, and a permit reserved for it goes to the
   * next waiter.
   */
  public void leave(Waiter waiter) {
    Permit kept;
    synchronized (this) {
      waiting.remove(waiter);
      kept = waiter.kept;
      waiter.kept = null;
    }
    giveBack(kept);
  }

  private void tidy(long now) {
    for (Permit oldest; (oldest = given.peek()) != null; given.remove()) {
      if (!oldest.over && now - oldest.until < 0) {
        return;
      }
      end(oldest);
    }
  }

  /** Gives a permit back. Does nothing if it was given back before, has expired, or is null. */
  public void giveBack(Permit permit) {
    if (permit != null) {
      List<Waiter> next;
      synchronized (this) {
        end(permit);
        next = next(time.now());
        timeIfPossible();
      }
      tell(next);
    }
  }

  /** Reserves a permit for each waiter for which there is one, and returns these waiters. */
  private List<Waiter> next(long now) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    // The list has its final size from the start, so that the loop cannot fail half-way for lack of
    // memory.
    List<Waiter> next = new ArrayList<>(Math.max(0, Math.min(LIMIT - active, waiting.size())));
    Iterator<Waiter> inTurn = waiting.iterator();
    while (active < LIMIT && inTurn.hasNext()) {
      Waiter waiter = inTurn.next();
      waiter.kept = give(now);
      inTurn.remove();
      next.add(waiter);
    }
    return next;
  }

  /**
   * A waiter whose callback throws, because no memory or no thread is left, waits again for the
   * next look.
   */
  private void tell(List<Waiter> waiters) {
    for (Waiter waiter : waiters) {
      try {
        waiter.whenFree.run();
      } catch (RuntimeException | Error notTold) {
        waitAgain(waiter);
      }
    }
  }

  private synchronized void waitAgain(Waiter waiter) {
    if (waiter.kept != null) {
      end(waiter.kept);
      waiter.kept = null;
      waiting.add(waiter);
      timeIfPossible();
    }
  }

  /** Arms a timer while races wait, because permits also expire without being given back. */
  private void time() {
    if (!timed && !waiting.isEmpty()) {
      time.schedule(time.now() + LOOK_NANOS, this::look);
      timed = true;
    }
  }

  /**
   * As {@link #time}, but without a timer the waiters get their turn when the next permit is taken
   * or given back.
   */
  private void timeIfPossible() {
    try {
      time();
    } catch (RuntimeException | Error noTimer) {
      return;
    }
  }

  private void look() {
    List<Waiter> next;
    synchronized (this) {
      timed = false;
      long now = time.now();
      tidy(now);
      next = next(now);
      timeIfPossible();
    }
    tell(next);
  }

  private void end(Permit permit) {
    if (!permit.over) {
      permit.over = true;
      active--;
    }
  }

  /** How many permits are given out and not over. */
  synchronized int active() {
    return active;
  }
}
