package io.heagent.engine.resolve;

/**
 * How many look-ups a {@link SystemResolver} makes at the same time. Immutable.
 *
 * @param threads how many look-ups run at the same time, stuck ones not counted; at least 1
 * @param maxThreads how many look-ups run at the same time, stuck ones included; at least {@code
 *     threads}
 * @param waiting how many look-ups may wait for a thread; a further one fails with a {@link
 *     ResolverOverflowException}
 * @param perQuestion how many look-ups of the same question about the same name run or wait at the
 *     same time, at least 1; a second one begins only when the first is stuck
 * @param stuckNanos after this time in nanoseconds a look-up counts as stuck and no longer counts
 *     towards {@code threads}
 */
public record LookupLimits(
    int threads, int maxThreads, int waiting, int perQuestion, long stuckNanos) {

  /**
   * The defaults: 16 threads (64 with stuck ones), 1,024 waiting, 2 per question, stuck after 2 s.
   */
  public static final LookupLimits DEFAULT = new LookupLimits(16, 64, 1_024, 2, 2_000_000_000L);

  /**
   * @throws IllegalArgumentException if a number is too small, or {@code maxThreads} is less than
   *     {@code threads}
   */
  public LookupLimits {
    if (threads < 1 || maxThreads < threads || waiting < 0 || perQuestion < 1 || stuckNanos < 1) {
      throw new IllegalArgumentException(
          threads + " " + maxThreads + " " + waiting + " " + perQuestion + " " + stuckNanos);
    }
  }
}
