package io.heagent.agent.netty;

import io.heagent.agent.log.Faults;
import java.util.concurrent.ExecutorService;

/**
 * Brings the tasks of one channel's race to the thread of its event loop. Both the event loop and
 * the moment may be wrong: a bounded queue is full, or the program has taken the channel out of its
 * event loop to put it into another. Then the task is brought again after a while, until it has run
 * or the channel wants none any more. Any thread; no state of its own.
 */
final class EventLoopTasks {

  /** In what time a task is brought again, in nanoseconds: at first, and at most. */
  static final long FIRST_RETRY_NANOS = 5_000_000L;

  static final long LAST_RETRY_NANOS = 320_000_000L;

  /** The channel, as far as its tasks are concerned. */
  interface Channel {

    /** The event loop that it belongs to at present. */
    ExecutorService eventLoop();

    /** Whether the calling thread, an event loop's, is the one that watches its descriptor. */
    boolean isOnItsThread();

    /** Whether Netty has the outcome, or has closed it: tasks of the race have no object then. */
    boolean isOver();

    /** Its event loop is shut down, so that nobody will ever run a task for it. */
    void abandoned();
  }

  /** Where tasks wait. */
  interface Timers {

    /** Runs it outside of the monitors of races, soon. */
    void soon(Runnable task);

    /** Runs it outside of the monitors of races, in so many nanoseconds. */
    void later(long nanos, Runnable task);
  }

  private final Channel channel;
  private final Timers timers;

  EventLoopTasks(Channel channel, Timers timers) {
    this.channel = channel;
    this.timers = timers;
  }

  /** Has a task run on the channel's event loop. May be called under the monitor of a race. */
  void run(Runnable task) {
    timers.soon(new Handing(this, task, FIRST_RETRY_NANOS));
  }

  /** Outside of all monitors: an event loop may be of the program's making. */
  private void hand(Handing handing) {
    if (channel.isOver()) {
      return;
    }
    ExecutorService loop = channel.eventLoop();
    try {
      loop.execute(new Arrival(this, handing));
    } catch (RuntimeException | Error refused) {
      Faults.ignored(refused);
      if (loop.isShutdown()) {
        channel.abandoned();
      } else {
        again(handing);
      }
    }
  }

  private void again(Handing handing) {
    timers.later(handing.retryNanos, handing.next());
  }

  /** On the thread of an event loop, the channel's when the task was brought. */
  private void arrived(Handing handing) {
    if (channel.isOnItsThread()) {
      handing.task.run();
    } else if (!channel.isOver()) {
      again(handing);
    }
  }

  /** No lambda: a first race waits for the class that would be made at run time. */
  private record Handing(EventLoopTasks tasks, Runnable task, long retryNanos) implements Runnable {

    Handing next() {
      return new Handing(tasks, task, Math.min(2 * retryNanos, LAST_RETRY_NANOS));
    }

    @Override
    public void run() {
      tasks.hand(this);
    }
  }

  private record Arrival(EventLoopTasks tasks, Handing handing) implements Runnable {
    @Override
    public void run() {
      tasks.arrived(handing);
    }
  }
}
