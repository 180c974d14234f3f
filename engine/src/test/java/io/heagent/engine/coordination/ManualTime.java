package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** A clock that a test sets, with timers that a test runs, and that may fail to be made. */
final class ManualTime implements Scheduler {
  long now = Long.MAX_VALUE - 7;

  /** Whether no timer can be made. */
  boolean poor;

  /** All timers ever made, the oldest first. */
  final List<Runnable> later = new ArrayList<>();

  /** When each of them is due. */
  final List<Long> due = new ArrayList<>();

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    if (poor) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    later.add(task);
    due.add(atNanos);
    return () -> {};
  }
}
