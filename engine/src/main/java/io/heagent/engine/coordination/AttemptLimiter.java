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
 * Limits how many connection attempts races have in flight at a time, over the whole process,
 * beside those that the programs make themselves: thousands of races at once must not flood a
 * network that is in trouble already. A race that gets no permit waits for one, in turn; it loses
 * no address by that.
 *
 * <p>A permit counts for a second at most. After that the system sends the SYN again, at growing
 * intervals (RFC 6298), and attempts that hang would keep all others from beginning. So hanging
 * attempts delay others by a second, and no more than the limit begin in any second.
 *
 * <p>Lock: this object's monitor guards everything; inside it only the scheduler's is taken.
 */
public final class AttemptLimiter {

  static final int LIMIT = 256;
  static final long LEASE_NANOS = 1_000_000_000L;

  /** When who waits looks again whether there is room, if nobody has told it before. */
  static final long LOOK_NANOS = 50_000_000L;

  /** Who is told when there is room again, for one race. Guarded by the limiter. */
  public static final class Waiter {
    private final Runnable whenFree;

    /** Kept for it from when it is told until it asks: else all would be told of the same room. */
    private Permit kept;

    /**
     * @param whenFree run by any thread: it has to ask again, or to leave
     */
    public Waiter(Runnable whenFree) {
      this.whenFree = whenFree;
    }
  }

  /** For one attempt. Guarded by the limiter. */
  public static final class Permit {
    private final long until;
    private boolean over;

    private Permit(long until) {
      this.until = until;
    }
  }

  /** The oldest first; some are over. */
  private final Deque<Permit> given = new ArrayDeque<>();

  private int active;

  /** In turn. */
  private final Set<Waiter> waiting = new LinkedHashSet<>();

  private boolean timed;

  private final Scheduler time;

  /**
   * With nothing in flight.
   *
   * @param time its timers may fail to be made: who waits then has its turn when the next permit is
   *     taken or given back
   */
  public AttemptLimiter(Scheduler time) {
    this.time = time;
  }

  /**
   * Takes a permit.
   *
   * @param waiter to be told later if none is left; null for a caller that asks again by itself. It
   *     is not waiting where this throws.
   * @return null if none is left
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

  /** The race is over: it waits no more, and what was kept for it is the next one's. */
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

  /** Gives it back; does nothing if that has been done, or its time is over. Null is allowed. */
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

  /** Those for whom there is room: each has a permit now. */
  private List<Waiter> next(long now) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    // No memory is needed any more once the first one is told from the others.
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

  /** Who cannot be told, because no memory or no thread is left, has its turn at the next look. */
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

  /** Permits end by themselves too. */
  private void time() {
    if (!timed && !waiting.isEmpty()) {
      time.schedule(time.now() + LOOK_NANOS, this::look);
      timed = true;
    }
  }

  /** Without a timer they have their turn when the next permit is taken or given back. */
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

  /** How many are in flight. */
  synchronized int active() {
    return active;
  }
}
