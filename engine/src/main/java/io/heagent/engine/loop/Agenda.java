package io.heagent.engine.loop;

import io.heagent.engine.time.Millis;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a loop has to do, and how long its thread may sleep. Lock: the loop's lock guards everything
 * here, with the exceptions that {@link TimerQueue} names.
 */
final class Agenda {

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final TimerQueue timers = new TimerQueue();
  private long idleNanos;
  private long idleSince;
  private long asleepUntil;

  /**
   * @param idleNanos the thread ends after it has had nothing to do for this long
   */
  Agenda(long idleNanos) {
    this.idleNanos = idleNanos;
  }

  /** A thread of the loop begins. It may find that its only timer has been cancelled meanwhile. */
  void begin(long now) {
    idleSince = now;
  }

  /** From now on the thread ends as soon as it has nothing to do. */
  void endWhenIdle() {
    idleNanos = 0;
  }

  void add(Runnable task) {
    tasks.add(task);
  }

  TimerQueue.Entry add(long at, Runnable task) {
    return timers.add(at, task);
  }

  /** Whether the thread, if nothing wakes it, sleeps until after this time. */
  boolean isAsleepAt(long time) {
    return time < asleepUntil;
  }

  /** How many timers are queued, including cancelled ones that have not been dropped yet. */
  int timers() {
    return timers.size();
  }

  /**
   * Called by the loop's thread: moves what is due, and tells how long the thread may sleep.
   *
   * @param due takes the tasks that are due
   * @param hasRun whether a task has run since the last selection. It may have closed registered
   *     channels, which the selector notices only at its next selection; before that the loop
   *     cannot know whether any channel is left to wait for
   * @return milliseconds to sleep, or {@link LoopThread#FOREVER}, or {@link LoopThread#END} once
   *     the thread has been idle long enough to end
   */
  long collect(long now, Deque<Runnable> due, Selection selection, boolean hasRun) {
    // Each task is added to due before it is removed here: if there is no memory for the first, it
    // is still queued.
    for (Runnable task; (task = tasks.peek()) != null; tasks.remove()) {
      due.add(task);
    }
    timers.moveDue(now, due);
    long timer = timers.firstAt();
    if (hasRun || !due.isEmpty() || selection.isAnyReady()) {
      idleSince = now;
      asleepUntil = now;
    } else if (timer != TimerQueue.NEVER || !selection.isEmpty()) {
      idleSince = now;
      asleepUntil = timer;
    } else if (now - idleSince < idleNanos) {
      asleepUntil = idleSince + idleNanos;
    } else {
      return LoopThread.END;
    }
    return asleepUntil == TimerQueue.NEVER
        ? LoopThread.FOREVER
        : Millis.roundedUp(asleepUntil - now);
  }
}
