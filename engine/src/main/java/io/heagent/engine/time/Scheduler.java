package io.heagent.engine.time;

/** A monotonic clock and the timers that go by it. Implementations are thread-safe. */
public interface Scheduler {

  /** The present time in nanoseconds since an arbitrary fixed moment; never goes back. */
  long now();

  /**
   * Runs a task once, as soon as possible after a given time, on a thread of the scheduler's
   * choice. The task must be short, because other tasks wait for the same thread.
   *
   * @param atNanos a time on the clock of {@link #now()}; with a past time the task runs at once
   * @param task not null; an exception that it throws is dropped
   */
  Timer schedule(long atNanos, Runnable task);

  /** A task that was scheduled. */
  interface Timer {
    /** Takes the task off the schedule; does nothing if it has run. Any thread may call it. */
    void cancel();
  }
}
