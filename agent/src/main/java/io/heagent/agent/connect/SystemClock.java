package io.heagent.agent.connect;

import java.util.function.LongSupplier;

/** {@link System#nanoTime}. */
final class SystemClock implements LongSupplier {

  @Override
  public long getAsLong() {
    return System.nanoTime();
  }
}
