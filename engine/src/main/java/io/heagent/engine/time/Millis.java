package io.heagent.engine.time;

/** Times as the kernel's polls take them. */
public final class Millis {

  private static final long NANOS = 1_000_000L;

  private Millis() {}

  /**
   * Nanoseconds as milliseconds, rounded up, so that a wait is never over too early and tried
   * again.
   *
   * @return 0 for times that are over, {@link Integer#MAX_VALUE} for what does not fit
   */
  public static int roundedUp(long nanos) {
    return (int)
        Math.min(Integer.MAX_VALUE, Math.max(0, nanos / NANOS + (nanos % NANOS > 0 ? 1 : 0)));
  }
}
