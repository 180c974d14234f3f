package io.heagent.agent.netty.channel;

import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the tasks of one channel's race on the thread of its event loop. An event loop may refuse a
 * task because its queue is bounded and full, or may no longer be the channel's because the program
 * has deregistered the channel to register it with another one. Then the task is handed over again
 * after a while, until it has run or the channel needs no task any more. If a step on the task's
 * way fails, it is done again too, but only so often: what fails for longer than that would keep
 * the program from its outcome, so the race is given up. Any thread; no mutable state of its own.
 */
public final class EventLoopTasks {

  /** The delay before a task is handed over for the second time; it doubles each time. */
  static final long FIRST_RETRY_NANOS = 5_000_000L;

  /** The longest such delay. */
  static final long LAST_RETRY_NANOS = 320_000_000L;

  /** How often in a row a step may fail before the race is given up. */
  static final int MOST_FAILURES = 6;

  /** What the tasks need of the channel. */
  public interface Channel {

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
     * Called if no thread will run a task for the channel: its event loop is shut down, or the task
     * cannot be brought to it. Gives the race up, and has the channel's event loop ask for the
     * outcome without a task.
     *
     * @throws IOException if the event loop could not be made to ask; this is called again later,
     *     as it is after any other exception
     */
    void abandoned() throws IOException;
  }

  /** Runs tasks at a later time. */
  public interface Timers {

    /** Runs a task soon, on a thread that holds no monitor of a race. */
    void soon(Runnable task);

    /** Runs a task after so many nanoseconds, on a thread that holds no monitor of a race. */
    void later(long nanos, Runnable task);
  }

  private final Channel channel;
  private final Timers timers;

  public EventLoopTasks(Channel channel, Timers timers) {
    this.channel = channel;
    this.timers = timers;
  }

  /** Has a task run on the channel's event loop. May be called under the monitor of a race. */
  public void run(Runnable task) {
    timers.soon(new Handing(this, task, FIRST_RETRY_NANOS, 0));
  }

  /** As {@link #run}, after a while: what the task does has just failed. */
  public void runLater(Runnable task) {
    timers.later(FIRST_RETRY_NANOS, new Handing(this, task, 2 * FIRST_RETRY_NANOS, 1));
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
        abandon();
      } else if (refused instanceof RejectedExecutionException) {
        again(handing, 0);
      } else {
        againAfterFailure(handing);
      }
    }
  }

  /** Called if a step on a task's way to the event loop has failed, for lack of memory maybe. */
  private void failed(Handing handing, Throwable unexpected) {
    Faults.unexpected(unexpected);
    try {
      againAfterFailure(handing);
    } catch (RuntimeException | Error lasting) {
      abandon();
    }
  }

  private void againAfterFailure(Handing handing) {
    int failures = handing.failures + 1;
    if (failures < MOST_FAILURES) {
      again(handing, failures);
    } else {
      abandon();
    }
  }

  private void again(Handing handing, int failuresInARow) {
    timers.later(handing.retryNanos, handing.next(failuresInARow));
  }

  /**
   * Never throws: it is the last step, on a thread of the agent or on the program's event loop.
   * Whatever fails here is done again for as long as the program waits, because the program may
   * have nothing else to wait for.
   */
  private void abandon() {
    try {
      if (!channel.isOver()) {
        channel.abandoned();
      }
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
      try {
        timers.later(LAST_RETRY_NANOS, new Abandoning(this));
      } catch (RuntimeException | Error noTimer) {
        // There is no means left; Netty's own timeout ends the connect.
        Faults.unexpected(noTimer);
      }
    }
  }

  /**
   * Called on the thread of the event loop that was the channel's when the task was handed over.
   */
  private void arrived(Handing handing) {
    if (channel.isOnItsThread()) {
      handing.task.run();
    } else if (!channel.isOver()) {
      again(handing, 0);
    }
  }

  /** A class and not a lambda: a first race would wait for the class that is made at run time. */
  private record Handing(EventLoopTasks tasks, Runnable task, long retryNanos, int failures)
      implements Runnable {

    Handing next(int failuresInARow) {
      return new Handing(tasks, task, Math.min(2 * retryNanos, LAST_RETRY_NANOS), failuresInARow);
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

  private record Abandoning(EventLoopTasks tasks) implements Runnable {
    @Override
    public void run() {
      tasks.abandon();
    }
  }
}
