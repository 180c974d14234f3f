package io.heagent.engine.net;

import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import java.time.Duration;
import java.util.Objects;

/**
 * How to look a host up. Immutable.
 *
 * @param resolver not null
 * @param delay the Resolution Delay, 0 to 2 s
 */
public record Resolution(Resolver resolver, Duration delay) {
  private static final Duration MAX_DELAY = Duration.ofSeconds(2);

  /** A resolver with the Resolution Delay that RFC 8305 section 8 recommends. */
  static Resolution of(Resolver resolver) {
    return new Resolution(resolver, Duration.ofNanos(ResolutionCore.DEFAULT_DELAY_NANOS));
  }

  /**
   * @throws IllegalArgumentException if the delay is out of range
   */
  public Resolution {
    Objects.requireNonNull(resolver, "resolver");
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("resolution delay " + delay + ": allowed are 0 ms to 2 s");
    }
  }
}
