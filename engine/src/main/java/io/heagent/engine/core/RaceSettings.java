package io.heagent.engine.core;

/**
 * The numbers of one race. This type refuses only what cannot work; the range that users are
 * allowed (10 ms to 2 s, RFC 8305 section 8) is checked where the user's setting is read.
 *
 * @param delayNanos Connection Attempt Delay: how long after a start the next start follows if no
 *     attempt fails or succeeds meanwhile; {@link Long#MAX_VALUE} means "off": the next attempt
 *     starts only when the one before has failed
 * @param maxInFlight how many attempts may run at the same time, at least 1; one more takes the
 *     place of the oldest
 * @param minimumGapNanos after a failure that was not local, no two starts are closer together than
 *     this (RFC 8305 section 5: "MUST NOT be lower than 10 milliseconds")
 */
public record RaceSettings(long delayNanos, int maxInFlight, long minimumGapNanos) {

  /**
   * A delay of 250 ms (RFC 8305 section 8), 6 attempts in flight (as curl has), a minimum gap of 10
   * ms.
   */
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
