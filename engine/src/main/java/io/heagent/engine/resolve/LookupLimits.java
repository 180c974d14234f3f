package io.heagent.engine.resolve;

/**
 * How much a {@link SystemResolver} does at the same time.
 *
 * @param threads look-ups that run at the same time, stuck ones not counted, at least 1
 * @param maxThreads look-ups that run at the same time, stuck ones included
 * @param waiting look-ups that wait for a thread; a further one is refused, see {@link
 *     ResolverOverflowException}
 * @param perQuestion look-ups of the same question about the same name, at least 1: a second one
 *     only begins when the first is stuck
 * @param stuckNanos after this time a look-up counts as stuck: it gives its place to another
 */
public record LookupLimits(
    int threads, int maxThreads, int waiting, int perQuestion, long stuckNanos) {

  /** 16 threads (64 with stuck ones), 1,024 waiting, 2 per question, stuck after 2 s. */
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
