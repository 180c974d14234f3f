package io.heagent.engine.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that moves only when the test moves it. Only one thread may use it. */
public final class VirtualTime implements Scheduler {
  private static final long MS = 1_000_000L;

  private final List<Entry> entries = new ArrayList<>();
  // Not zero, so that a test fails if a driver assumes that the clock starts with the race.
  private long now = 987_654_321_000L;
  private final long origin = now;

  private record Entry(long at, Runnable task) {}

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    Entry entry = new Entry(Math.max(atNanos, now), task);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** The milliseconds that have passed since the beginning. */
  public long ms() {
    return (now - origin) / MS;
  }

  /** How many timers are armed. */
  public int armed() {
    return entries.size();
  }

  /** Sets the clock, firing every timer before that time but none at that time itself. */
  public void at(long ms) {
    fireUntil(origin + ms * MS - 1);
    now = origin + ms * MS;
  }

  /** As {@link #at}, but also fires the timers that are due at that time. */
  public void through(long ms) {
    fireUntil(origin + ms * MS);
    now = origin + ms * MS;
  }

  private void fireUntil(long limit) {
    while (true) {
      Entry next = entries.stream().min(Comparator.comparingLong(Entry::at)).orElse(null);
      if (next == null || next.at > limit) {
        return;
      }
      entries.remove(next);
      now = Math.max(now, next.at);
      next.task.run();
    }
  }
}
