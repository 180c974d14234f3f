package io.heagent.agent.connect;

/** Times as the kernel's polls take them. */
final class Millis {

  private static final long NANOS = 1_000_000L;

  private Millis() {}

  /** Rounded up, so that a wait is never over too early and tried again. */
  static int roundedUp(long nanos) {
    return (int)
        Math.min(Integer.MAX_VALUE, Math.max(0, nanos / NANOS + (nanos % NANOS > 0 ? 1 : 0)));
  }
}
