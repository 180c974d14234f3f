package io.heagent.agent.check.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps times to places on an axis that begins with the race, and chooses the times that label it.
 *
 * @param endNanos the last time; at least one nanosecond
 * @param length the length of the axis, in columns or pixels
 */
record TimeScale(long endNanos, int length) {

  private static final long FINEST_STEP = 100_000L;
  private static final int[] STEPS = {1, 2, 5};

  TimeScale {
    endNanos = Math.max(1, endNanos);
  }

  /** The place of a time, from 0 to the length. */
  int place(long nanos) {
    double part = (double) Math.max(0, Math.min(nanos, endNanos)) / endNanos;
    return (int) Math.floor(part * length);
  }

  /** The column of a time, if the length is a number of columns. */
  int column(long nanos) {
    return Math.min(length - 1, place(nanos));
  }

  /**
   * Round times (1, 2 or 5 times a power of ten); the first is 0, and mostly there is at least one
   * more.
   *
   * @param apart the least distance between two of them
   */
  List<Long> ticks(int apart) {
    long step = step(Math.max(2, length / apart));
    List<Long> ticks = new ArrayList<>();
    for (long at = 0; at <= endNanos; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  private long step(int most) {
    for (long power = FINEST_STEP; ; power *= 10) {
      for (int times : STEPS) {
        if (endNanos / (power * times) < most) {
          return power * times;
        }
      }
    }
  }
}
