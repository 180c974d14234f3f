package io.heagent.engine.core;

/**
 * The numbers of one race. This type only refuses what cannot work; the bounds that a user may set
 * (10 ms to 2 s, RFC 8305 section 8) are checked where the user sets them.
 *
 * @param delayNanos Connection Attempt Delay: how long after a start the next one follows while
 *     nothing else happens; {@link Long#MAX_VALUE} means "off": strictly one after another, on
 *     failure
 * @param maxInFlight how many attempts may run at the same time, at least 1; a further one takes
 *     the place of the oldest
 * @param minimumGapNanos no two starts are closer than this after a failure that was not local (RFC
 *     8305 section 5: "MUST NOT be lower than 10 milliseconds")
 */
public record RaceSettings(long delayNanos, int maxInFlight, long minimumGapNanos) {

  /** 250 ms (RFC 8305 section 8), 6 in flight (as curl), 10 ms. */
  public static final RaceSettings DEFAULT = new RaceSettings(250_000_000L, 6, 10_000_000L);

  /**
   * @throws IllegalArgumentException if the gap is negative, the delay smaller than the gap, or
   *     {@code maxInFlight} smaller than 1
   */
  public RaceSettings {
    if (minimumGapNanos < 0) {
      throw new IllegalArgumentException("minimumGapNanos " + minimumGapNanos + ": must be >= 0");
    }
    if (delayNanos < minimumGapNanos) {
      throw new IllegalArgumentException(
          "delayNanos " + delayNanos + ": must be >= minimumGapNanos " + minimumGapNanos);
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight " + maxInFlight + ": must be >= 1");
    }
  }
}
