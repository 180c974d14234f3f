package io.heagent.engine.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still unless told otherwise. One thread only. */
public final class VirtualTime implements Scheduler {
  private static final long MS = 1_000_000L;

  private final List<Entry> entries = new ArrayList<>();
  // Not zero: a driver that takes the clock for one that starts with the race is found out.
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

  /** Milliseconds passed since the beginning. */
  public long ms() {
    return (now - origin) / MS;
  }

  /** Number of timers armed. */
  public int armed() {
    return entries.size();
  }

  /** Lets time pass up to a moment, firing every timer before it but none at it. */
  public void at(long ms) {
    fireUntil(origin + ms * MS - 1);
    now = origin + ms * MS;
  }

  /** As {@link #at}, and fires the timers of that moment too. */
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
