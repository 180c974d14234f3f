package io.heagent.engine.time;

/** Times in milliseconds, as {@code poll(2)} and {@code Selector.select} take them. */
public final class Millis {

  private static final long NANOS = 1_000_000L;

  private Millis() {}

  /**
   * Converts nanoseconds to milliseconds, rounded up: a wait that ended a fraction of a millisecond
   * too early would have to be repeated.
   *
   * @return 0 for a time that has passed, {@link Integer#MAX_VALUE} for a time that does not fit an
   *     int
   */
  public static int roundedUp(long nanos) {
    return (int)
        Math.min(Integer.MAX_VALUE, Math.max(0, nanos / NANOS + (nanos % NANOS > 0 ? 1 : 0)));
  }
}
