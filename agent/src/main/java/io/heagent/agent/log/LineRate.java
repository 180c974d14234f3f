package io.heagent.agent.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many lines the log prints: a thousand at once, and a hundred a second from then on. A program
 * that connects in a loop at {@code log=debug} is not to fill a disk. Any thread; no lock. Times
 * are in nanoseconds.
 */
final class LineRate {

  static final int BURST = 1_000;
  static final long EACH_NANOS = 10_000_000L;

  /**
   * The time at which a whole burst may be printed again; each line moves it {@link #EACH_NANOS}
   * on. Any thread writes it.
   */
  private final AtomicLong freeAt;

  /** How many lines were left out that no line has reported yet. Any thread writes it. */
  private final AtomicLong leftOut = new AtomicLong();

  LineRate(long now) {
    freeAt = new AtomicLong(now);
  }

  /** Whether one more line may be printed; if not, it is counted as left out. */
  boolean admit(long now) {
    while (true) {
      long before = freeAt.get();
      long next = (before - now > 0 ? before : now) + EACH_NANOS;
      if (next - now > BURST * EACH_NANOS) {
        leaveOut(1);
        return false;
      } else if (freeAt.compareAndSet(before, next)) {
        return true;
      }
    }
  }

  /** Counts lines that could not be printed. */
  void leaveOut(long lines) {
    leftOut.getAndAdd(lines);
  }

  /** How many lines were left out since the last call. */
  long takeLeftOut() {
    return leftOut.get() == 0 ? 0 : leftOut.getAndSet(0);
  }
}
