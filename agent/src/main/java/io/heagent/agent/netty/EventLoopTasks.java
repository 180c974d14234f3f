package io.heagent.agent.netty;

import io.heagent.agent.log.Faults;
import java.util.concurrent.ExecutorService;

/**
 * Runs the tasks of one channel's race on the thread of its event loop. An event loop may refuse a
 * task because its queue is bounded and full, or may no longer be the channel's because the program
 * has deregistered the channel to register it with another one. Then the task is handed over again
 * after a while, until it has run or the channel needs no task any more. Any thread; no mutable
 * state of its own.
 */
final class EventLoopTasks {

  /**
   * The delay in nanoseconds before a task is handed over again: the first one, and below it the
   * longest.
   */
  static final long FIRST_RETRY_NANOS = 5_000_000L;

  static final long LAST_RETRY_NANOS = 320_000_000L;

  /** What the tasks need of the channel. */
  interface Channel {

    /** The event loop with which the channel is registered at present. */
    ExecutorService eventLoop();

    /** Whether the calling thread, which is an event loop's, watches the channel's descriptor. */
    boolean isOnItsThread();

    /**
     * Whether Netty has the outcome, or has closed the channel, so that tasks of the race are
     * pointless.
     */
    boolean isOver();

    /**
     * Called if no thread will ever run a task for the channel: its event loop is shut down, or the
     * task cannot even be handed over again.
     */
    void abandoned();
  }

  /** Runs tasks at a later time. */
  interface Timers {

    /** Runs a task soon, on a thread that holds no monitor of a race. */
    void soon(Runnable task);

    /** Runs a task after so many nanoseconds, on a thread that holds no monitor of a race. */
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

  /** Called without any monitor, because an event loop may be code of the program. */
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

  /**
   * Called if a step on a task's way to the event loop has failed, for lack of memory for instance.
   * The task is handed over again; if that fails too, no task of the race will run.
   */
  private void failed(Handing handing, Throwable unexpected) {
    try {
      Faults.unexpected(unexpected);
      again(handing);
    } catch (RuntimeException | Error lasting) {
      channel.abandoned();
    }
  }

  private void again(Handing handing) {
    timers.later(handing.retryNanos, handing.next());
  }

  /**
   * Called on the thread of the event loop that was the channel's when the task was handed over.
   */
  private void arrived(Handing handing) {
    if (channel.isOnItsThread()) {
      handing.task.run();
    } else if (!channel.isOver()) {
      again(handing);
    }
  }

  /** A class and not a lambda: a first race would wait for the class that is made at run time. */
  private record Handing(EventLoopTasks tasks, Runnable task, long retryNanos) implements Runnable {

    Handing next() {
      return new Handing(tasks, task, Math.min(2 * retryNanos, LAST_RETRY_NANOS));
    }

    @Override
    public void run() {
      try {
        tasks.hand(this);
      } catch (RuntimeException | Error unexpected) {
        tasks.failed(this, unexpected);
      }
    }
  }

  private record Arrival(EventLoopTasks tasks, Handing handing) implements Runnable {
    @Override
    public void run() {
      try {
        tasks.arrived(handing);
      } catch (RuntimeException | Error unexpected) {
        tasks.failed(handing, unexpected);
      }
    }
  }
}
