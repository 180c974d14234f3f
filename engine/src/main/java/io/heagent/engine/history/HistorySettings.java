package io.heagent.engine.history;

/**
 * The numbers of a {@link ConnectHistory}; times in nanoseconds.
 *
 * @param baseDelayNanos the Connection Attempt Delay without history (RFC 8305 section 8: 250 ms)
 * @param minDelayNanos no delay is shorter, at least 10 ms (RFC 8305 section 5: "MUST NOT be lower
 *     than 10 milliseconds"; 100 ms is "the recommended minimum")
 * @param maxDelayNanos no delay is longer; nor is any longer than twice the base delay, so that no
 *     connect is ever more than one base delay later than it was without history
 * @param expiryNanos what is older counts as never seen
 * @param suspicionNanos how long an address goes behind after a first failure; doubled with each
 *     further one, up to half the expiry, after which it has its old place again
 * @param convergeOneIn one in so many connects whose order history would change ignores it (section
 *     4 of the Happy Eyeballs v3 draft: clients "MUST" converge); 0 means none
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

  /** 250 ms, 100 ms to 2 s, 10 min, 1 min, 1 in 64 with 10 s of rest, 4,096 names. */
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
   * The defaults around another base delay: a base below 100 ms is its own minimum, one above 2 s
   * its own maximum.
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

  /** The longest delay that is ever proposed. */
  long longestDelayNanos() {
    return Math.min(maxDelayNanos, 2 * baseDelayNanos);
  }

  /** How long an address goes behind after so many failures in a row, at least one. */
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
