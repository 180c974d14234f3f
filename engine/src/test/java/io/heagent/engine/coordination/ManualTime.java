package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** A clock that the test sets, with timers that the test runs. Making a timer may fail. */
final class ManualTime implements Scheduler {
  long now = Long.MAX_VALUE - 7;

  /** Whether making a timer fails. */
  boolean poor;

  /** The tasks of all timers made, the oldest first. */
  final List<Runnable> later = new ArrayList<>();

  /** When each of these timers is due. */
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
