package io.heagent.engine.race;

import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import java.time.Duration;

/**
 * How a race is run. Immutable: each setter returns a changed copy, beginning with {@link
 * #defaults()}.
 *
 * <p>The defaults: 250 ms between starts, 6 attempts in flight, no timeout.
 */
public final class RaceOptions {
  private static final Duration MIN_DELAY = Duration.ofMillis(10);
  private static final Duration MAX_DELAY = Duration.ofSeconds(2);
  private static final RaceOptions DEFAULTS = new RaceOptions(RaceSettings.DEFAULT, RaceCore.NEVER);

  private final RaceSettings settings;
  private final long timeoutNanos;

  private RaceOptions(RaceSettings settings, long timeoutNanos) {
    this.settings = settings;
    this.timeoutNanos = timeoutNanos;
  }

  /** A delay of 250 ms, 6 attempts in flight, no timeout. */
  public static RaceOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The Connection Attempt Delay: how long after one start the next start follows if no attempt
   * fails or succeeds meanwhile. It never ends an attempt. RFC 8305 section 8 recommends at least
   * 100 ms.
   *
   * @param delay 10 ms (the RFC forbids less) to 2 s
   * @return a copy with this delay
   * @throws IllegalArgumentException if it is out of range; for no delay use {@link #sequential()},
   *     not zero
   */
  public RaceOptions delay(Duration delay) {
    if (delay.compareTo(MIN_DELAY) < 0 || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException(
          "delay " + text(delay) + ": allowed are 10 ms to 2 s (for none, use sequential())");
    }
    return with(delay.toNanos(), settings.maxInFlight(), timeoutNanos);
  }

  /** Switches the delay timer off: each attempt starts only when the one before has failed. */
  public RaceOptions sequential() {
    return with(RaceCore.NEVER, settings.maxInFlight(), timeoutNanos);
  }

  /**
   * How many attempts may run at the same time. When one more is due, the oldest attempt is
   * cancelled.
   *
   * @param maxInFlight 1 or more
   * @return a copy with this limit
   * @throws IllegalArgumentException if smaller than 1
   */
  public RaceOptions maxInFlight(int maxInFlight) {
    return with(settings.delayNanos(), maxInFlight, timeoutNanos);
  }

  /**
   * The time limit of the whole race, counted from its start. It is not divided among the attempts.
   * A timeout of 2<sup>31</sup> - 1 seconds or more means no limit.
   *
   * @param timeout more than zero
   * @return a copy with this limit
   * @throws IllegalArgumentException if zero or negative
   */
  public RaceOptions timeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout " + text(timeout) + ": must be more than 0 ms");
    }
    return with(settings.delayNanos(), settings.maxInFlight(), nanos(timeout));
  }

  /** Whether there is a delay timer: false after {@link #sequential()}. */
  public boolean hasDelay() {
    return settings.delayNanos() != RaceCore.NEVER;
  }

  RaceSettings settings() {
    return settings;
  }

  /** Nanoseconds, or {@link RaceCore#NEVER}. */
  long timeoutNanos() {
    return timeoutNanos;
  }

  private RaceOptions with(long delayNanos, int maxInFlight, long timeout) {
    return new RaceOptions(
        new RaceSettings(delayNanos, maxInFlight, settings.minimumGapNanos()), timeout);
  }

  /** A timeout in nanoseconds; {@link RaceCore#NEVER} if it is too long for them. */
  private static long nanos(Duration timeout) {
    return timeout.toSeconds() >= Integer.MAX_VALUE ? RaceCore.NEVER : timeout.toNanos();
  }

  private static String text(Duration duration) {
    boolean whole = duration.toNanosPart() % 1_000_000 == 0;
    return whole ? duration.toMillis() + " ms" : duration.toString();
  }
}
