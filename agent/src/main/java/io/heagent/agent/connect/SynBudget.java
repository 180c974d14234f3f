package io.heagent.agent.connect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * How many connection attempts may be in flight, over the whole process, beyond those that its
 * programs make themselves: thousands of races at once must not flood a network that is in trouble
 * already. A race that gets no permit waits for one, in turn; it loses no address by that.
 *
 * <p>A permit counts for a second at most: then the system sends the SYN again, at growing
 * intervals (RFC 6298), and attempts that hang would keep all others from beginning. So hanging
 * ones delay others by a second, and no more than the limit begin in any second.
 *
 * <p>Lock: this object's monitor guards everything; inside it only the loop's is taken.
 */
final class SynBudget {

  static final int LIMIT = 256;
  static final long LEASE_NANOS = 1_000_000_000L;

  /** When who waits looks again whether there is room, if nobody has told it before. */
  static final long LOOK_NANOS = 50_000_000L;

  /** Who is told when there is room again. */
  static final class Waiter {
    private final Runnable whenFree;
    private boolean queued;

    /**
     * @param whenFree run by any thread, without a permit: it has to ask again
     */
    Waiter(Runnable whenFree) {
      this.whenFree = whenFree;
    }
  }

  /** The one of this process. */
  static final SynBudget OF_PROCESS =
      new SynBudget(task -> Loop.schedule(System.nanoTime() + LOOK_NANOS, task));

  /** For one attempt. Guarded by the budget. */
  static final class Permit {
    private final long until;
    private boolean over;

    private Permit(long until) {
      this.until = until;
    }
  }

  /** The oldest first; some are over. */
  private final Deque<Permit> given = new ArrayDeque<>();

  private int active;

  private final Deque<Waiter> waiting = new ArrayDeque<>();
  private boolean timed;

  /** Runs a task after {@link #LOOK_NANOS}. */
  private final Consumer<Runnable> later;

  SynBudget(Consumer<Runnable> later) {
    this.later = later;
  }

  /**
   * Takes a permit.
   *
   * @param now {@link System#nanoTime}
   * @param waiter to be told later if none is left; null for a caller that asks again by itself
   * @return null if none is left
   */
  synchronized Permit take(long now, Waiter waiter) {
    tidy(now);
    if (active >= LIMIT) {
      if (waiter != null && !waiter.queued) {
        waiter.queued = true;
        waiting.add(waiter);
        time();
      }
      return null;
    }
    Permit permit = new Permit(now + LEASE_NANOS);
    given.add(permit);
    active++;
    return permit;
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
  void giveBack(Permit permit) {
    if (permit != null) {
      List<Waiter> next;
      synchronized (this) {
        end(permit);
        next = next();
      }
      tell(next);
    }
  }

  /** Those for whom there is room. */
  private List<Waiter> next() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Waiter> next = new ArrayList<>();
    while (next.size() < LIMIT - active && !waiting.isEmpty()) {
      Waiter waiter = waiting.poll();
      waiter.queued = false;
      next.add(waiter);
    }
    return next;
  }

  private static void tell(List<Waiter> waiters) {
    for (Waiter waiter : waiters) {
      waiter.whenFree.run();
    }
  }

  /** Permits end by themselves too, and who was told may have had no use for one any more. */
  private void time() {
    if (!timed && !waiting.isEmpty()) {
      timed = true;
      later.accept(this::look);
    }
  }

  private void look() {
    List<Waiter> next;
    synchronized (this) {
      timed = false;
      tidy(System.nanoTime());
      next = next();
      time();
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
