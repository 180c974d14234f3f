package io.heagent.agent.connect;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many connection attempts may be in flight, over the whole process, beyond those that its
 * programs make themselves: thousands of races at once must not flood a network that is in trouble
 * already. A race that gets no permit asks again soon; it loses no address by that.
 *
 * <p>A permit counts for a second at most: then the system sends the SYN again, at growing
 * intervals (RFC 6298), and attempts that hang would keep all others from beginning. So hanging
 * ones delay others by a second, and no more than the limit begin in any second.
 *
 * <p>Lock: this object's monitor guards everything; nothing is taken inside.
 */
final class SynBudget {

  static final int LIMIT = 256;
  static final long LEASE_NANOS = 1_000_000_000L;

  /** When to ask again. */
  static final long RETRY_NANOS = 5_000_000L;

  /** The one of this process. */
  static final SynBudget OF_PROCESS = new SynBudget();

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

  /**
   * Takes a permit.
   *
   * @param now {@link System#nanoTime}
   * @return null if none is left
   */
  synchronized Permit take(long now) {
    for (Permit oldest; (oldest = given.peek()) != null; given.remove()) {
      if (!oldest.over && now - oldest.until < 0) {
        break;
      }
      end(oldest);
    }
    if (active >= LIMIT) {
      return null;
    }
    Permit permit = new Permit(now + LEASE_NANOS);
    given.add(permit);
    active++;
    return permit;
  }

  /** Gives it back; does nothing if that has been done, or its time is over. Null is allowed. */
  synchronized void giveBack(Permit permit) {
    if (permit != null) {
      end(permit);
    }
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
