package io.heagent.engine.time;

/** A monotonic clock and the timers that go by it. Implementations are thread-safe. */
public interface Scheduler {

  /** The present time in nanoseconds since some fixed moment; never goes back. */
  long now();

  /**
   * Runs a task once, soon after a time has come, on a thread of the scheduler's choice. The task
   * must be short: others wait behind it.
   *
   * @param atNanos on the clock of {@link #now()}; a past time means at once
   * @param task not null; what it throws is lost
   */
  Timer schedule(long atNanos, Runnable task);

  /** A task that was scheduled. */
  interface Timer {
    /** Takes the task off the schedule; does nothing if it has run. Any thread may call it. */
    void cancel();
  }
}
