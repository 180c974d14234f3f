package io.heagent.engine.history;

/**
 * The estimator of RFC 6298 section 2 over connect times, as pure functions: a smoothed time and
 * its variation, both in microseconds, packed into one long so that one compare-and-set changes
 * both. 0 means that there is no sample yet.
 */
final class Smoothing {
  private static final long MICRO = 1_000L;
  private static final int BITS = 32;
  private static final long MASK = (1L << BITS) - 1;

  /** Some 17 minutes. Four times as much still fits into 32 bits. */
  private static final long MAX_MICROS = 1L << 30;

  private Smoothing() {}

  /**
   * Adds a sample: rules 2.2 and 2.3, alpha 1/8, beta 1/4.
   *
   * @param nanos the sample; less than a microsecond counts as one microsecond
   */
  static long add(long packed, long nanos) {
    long sample = Math.max(1, Math.min(nanos / MICRO, MAX_MICROS));
    if (packed == 0) {
      return pack(sample, sample / 2);
    }
    long smoothed = packed >>> BITS;
    long variation = packed & MASK;
    variation = (3 * variation + Math.abs(smoothed - sample)) / 4;
    return pack(Math.max(1, (7 * smoothed + sample) / 8), variation);
  }

  static long smoothedNanos(long packed) {
    return (packed >>> BITS) * MICRO;
  }

  static long variationNanos(long packed) {
    return (packed & MASK) * MICRO;
  }

  /**
   * The time after which an answer is overdue: the smoothed time plus four variations. That is RFC
   * 6298's retransmission timeout (rule 2.3), on which RFC 8305 section 5 bases the delay, without
   * its lower bound of one second.
   */
  static long overdueNanos(long packed) {
    return smoothedNanos(packed) + 4 * variationNanos(packed);
  }

  private static long pack(long smoothed, long variation) {
    return smoothed << BITS | variation;
  }
}
