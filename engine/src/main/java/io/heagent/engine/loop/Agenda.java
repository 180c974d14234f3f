package io.heagent.engine.loop;

import io.heagent.engine.time.Millis;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a loop has to do, and how long its thread may sleep. Lock: the loop's guards everything here
 * but what {@link TimerQueue} says of timers.
 */
final class Agenda {

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final TimerQueue timers = new TimerQueue();
  private final long idleNanos;
  private long idleSince;
  private long asleepUntil;

  /**
   * @param idleNanos after so long without anything to do the thread ends
   */
  Agenda(long idleNanos) {
    this.idleNanos = idleNanos;
  }

  /** A thread begins. */
  void begin(long now) {
    idleSince = now;
  }

  void add(Runnable task) {
    tasks.add(task);
  }

  TimerQueue.Entry add(long at, Runnable task) {
    return timers.add(at, task);
  }

  /** Whether the thread sleeps beyond a time if nothing wakes it. */
  boolean isAsleepAt(long time) {
    return time < asleepUntil;
  }

  /** How many timers are queued, some cancelled ones among them. */
  int timers() {
    return timers.size();
  }

  /**
   * The loop's thread asks what is due, and how long it may sleep.
   *
   * @param due gets what is due
   * @param hasRun whether anything has run since the last selection. It may have closed what is
   *     registered, which the selector learns at its next selection: before that nobody can say
   *     whether there is anything left to wait for
   * @return milliseconds; or {@link LoopThread#FOREVER}; or {@link LoopThread#END} once there has
   *     been nothing for a while
   */
  long collect(long now, Deque<Runnable> due, Selection selection, boolean hasRun) {
    // Added there before it is removed here: without memory for that it is still queued.
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
