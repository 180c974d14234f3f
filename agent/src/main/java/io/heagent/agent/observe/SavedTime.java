package io.heagent.agent.observe;

/**
 * Estimates what a race has saved. A plain connect goes to the requested address alone. Where that
 * address was silent until another one won, a plain connect would have waited for the program's own
 * timeout, and then failed. Where the JDK is not told of a timeout (non-blocking channels, sockets
 * without one), five seconds are counted: programs mostly end such a connect by a timer of their
 * own, and the system itself only after two minutes. So the sum is rather too small than too large.
 */
final class SavedTime {

  /** What a plain connect is taken to wait for an address that is silent, if nothing is known. */
  static final long WAIT_NANOS = 5_000_000_000L;

  private static final long MILLI = 1_000_000L;

  private SavedTime() {}

  /**
   * The time saved by a race that has won while the requested address was silent.
   *
   * @param tookNanos how long the race took
   * @param timeoutNanos the program's timeout; 0 or less for none
   * @return milliseconds, never negative
   */
  static long millis(long tookNanos, long timeoutNanos) {
    long plain = timeoutNanos > 0 ? timeoutNanos : WAIT_NANOS;
    return Math.max(0, plain - tookNanos) / MILLI;
  }
}
