package io.heagent.engine.history;

/**
 * The numbers of a {@link ConnectHistory}; times are in nanoseconds. Immutable.
 *
 * @param baseDelayNanos the Connection Attempt Delay without history (RFC 8305 section 8: 250 ms)
 * @param minDelayNanos the shortest delay, at least 10 ms (RFC 8305 section 5: "MUST NOT be lower
 *     than 10 milliseconds"; 100 ms is "the recommended minimum")
 * @param maxDelayNanos the longest delay. A delay is never longer than twice the base delay either,
 *     so that history makes no connect later by more than one base delay
 * @param expiryNanos how long a success or failure is remembered
 * @param suspicionNanos how long an address is a suspect after a first failure; each further
 *     failure doubles it, up to half of {@code expiryNanos}
 * @param convergeOneIn one in so many connects whose order history would change ignores history
 *     (section 4 of the Happy Eyeballs v3 draft: clients "MUST" converge); 0 means that none does
 * @param convergeRestNanos how long after a failure, or after a connect that ignored history, no
 *     connect to the same host and port ignores it
 * @param maxNames how many pairs of host and port are kept at most; rounded down to 8 times a power
 *     of two
 */
public record HistorySettings(
    long baseDelayNanos,
    long minDelayNanos,
    long maxDelayNanos,
    long expiryNanos,
    long suspicionNanos,
    int convergeOneIn,
    long convergeRestNanos,
    int maxNames) {

  private static final long MS = 1_000_000L;

  /**
   * The defaults: base delay 250 ms, delays of 100 ms to 2 s, expiry 10 min, suspicion 1 min, 1 in
   * 64 converges after 10 s of rest, 4,096 names.
   */
  public static final HistorySettings DEFAULT = withBaseDelay(250 * MS);

  /**
   * @throws IllegalArgumentException if a number is out of its bounds: {@code 10 ms <= minimum <=
   *     base <= maximum}, {@code 0 < suspicion <= expiry / 2}, at least 8 names, no negative number
   */
  public HistorySettings {
    require(10 * MS <= minDelayNanos, "minDelayNanos", minDelayNanos);
    require(minDelayNanos <= baseDelayNanos, "baseDelayNanos", baseDelayNanos);
    require(baseDelayNanos <= maxDelayNanos, "maxDelayNanos", maxDelayNanos);
    require(maxDelayNanos <= Long.MAX_VALUE / 4, "maxDelayNanos", maxDelayNanos);
    require(0 < suspicionNanos, "suspicionNanos", suspicionNanos);
    require(suspicionNanos <= expiryNanos / 2, "expiryNanos", expiryNanos);
    require(expiryNanos <= Long.MAX_VALUE / 4, "expiryNanos", expiryNanos);
    require(0 <= convergeOneIn, "convergeOneIn", convergeOneIn);
    require(0 <= convergeRestNanos, "convergeRestNanos", convergeRestNanos);
    require(8 <= maxNames, "maxNames", maxNames);
  }

  /**
   * The defaults with another base delay. A base delay below 100 ms is the shortest delay too, one
   * above 2 s the longest.
   *
   * @throws IllegalArgumentException if it is less than 10 ms
   */
  public static HistorySettings withBaseDelay(long baseDelayNanos) {
    return new HistorySettings(
        baseDelayNanos,
        Math.min(100 * MS, baseDelayNanos),
        Math.max(2_000 * MS, baseDelayNanos),
        600_000 * MS,
        60_000 * MS,
        64,
        10_000 * MS,
        4_096);
  }

  /** The longest delay that a history proposes. */
  long longestDelayNanos() {
    return Math.min(maxDelayNanos, 2 * baseDelayNanos);
  }

  /** How long an address is a suspect after so many failures in a row, at least one. */
  long suspicionNanos(int failures) {
    long limit = expiryNanos / 2;
    long window = suspicionNanos;
    for (int i = 1; i < failures && window < limit; i++) {
      window *= 2;
    }
    return Math.min(window, limit);
  }

  private static void require(boolean holds, String name, long value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + value + ": out of bounds");
    }
  }
}
