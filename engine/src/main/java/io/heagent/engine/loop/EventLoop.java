package io.heagent.engine.loop;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.util.Deque;

/**
 * One daemon thread with a selector, timers and tasks, for all races of non-blocking channels. The
 * first task or timer starts the thread; the thread ends, and closes its selector, after it has had
 * nothing to do for a while. Tasks must not block.
 *
 * <p>If the thread or its selector cannot be made, the caller gets the exception (an {@link
 * UncheckedIOException} if no selector could be opened), nothing is queued, and the next caller
 * tries again. What a task throws goes to the thread's handler; the thread and its other tasks go
 * on.
 *
 * <p>Threads: any, except that only tasks of the loop may call {@link #watch}.
 *
 * <p>Lock: {@code lock} guards the tasks, the timers, and the start and end of the thread. Inside
 * it only locks of the selector are taken, when the selector is opened, woken or closed; no task
 * runs.
 *
 * <p>Tests extend this class to set its clock, or to have it fail. The clock is a method and no
 * function handed in, because a JVM's first race would load a class for that.
 */
public class EventLoop implements Scheduler {

  /** The loop counts as crowded while at least this many timers are queued. */
  private static final int CROWD = 128;

  private final String name;
  private final SelectorFactory selectors;
  private final Thread.UncaughtExceptionHandler faults;
  private final LoopThread work = new LoopThread(this);
  private final Object lock = new Object();

  /** Guarded by the lock. */
  private final Agenda agenda;

  /**
   * Null while there is no thread. Written under the lock; the loop's thread reads it without the
   * lock.
   */
  private Selection selection;

  /**
   * Written under the lock, read by any thread. A thread that has died is replaced by the next
   * caller.
   */
  private volatile Thread thread;

  /**
   * A loop without a thread; nothing is opened or started yet.
   *
   * @param name the name of the thread
   * @param idleNanos the thread ends after so many nanoseconds without anything to do
   * @param selectors opens the selector each time a thread begins
   * @param faults the thread's uncaught exception handler, which also takes what tasks throw
   */
  public EventLoop(
      String name,
      long idleNanos,
      SelectorFactory selectors,
      Thread.UncaughtExceptionHandler faults) {
    this.name = name;
    this.agenda = new Agenda(idleNanos);
    this.selectors = selectors;
    this.faults = faults;
  }

  /** {@link System#nanoTime}. */
  @Override
  public long now() {
    return System.nanoTime();
  }

  /** Runs a task on the loop's thread as soon as possible. Tasks run in the order of the calls. */
  public void execute(Runnable task) {
    synchronized (lock) {
      ensureRunning();
      agenda.add(task);
      wakeup();
    }
  }

  /** Runs a task on the loop's thread at the given time. */
  @Override
  public Timer schedule(long atNanos, Runnable task) {
    synchronized (lock) {
      ensureRunning();
      Timer timer = agenda.add(atNanos, task);
      // No wake-up for a timer that is not the next one: of many timers with the same delay only
      // the first needs one.
      if (agenda.isAsleepAt(atNanos)) {
        wakeup();
      }
      return timer;
    }
  }

  /**
   * Runs a task now if the caller is another thread. On the loop's thread the task runs after a few
   * more tasks that are due, so that when thousands of races end at once, some of them tell their
   * programs together.
   */
  public void soon(Runnable task) {
    if (inLoop()) {
      work.putOff(task);
    } else {
      task.run();
    }
  }

  /**
   * Watches a channel until it is ready for the first time. When the task runs, the channel is no
   * longer registered with the selector. Only the loop's thread may call this.
   *
   * @param operations the interest set, see {@link java.nio.channels.SelectionKey}
   */
  public Watch watch(SelectableChannel channel, int operations, Runnable ready) throws IOException {
    return selection.watch(channel, operations, ready);
  }

  /**
   * Makes the selector deregister channels that other threads have closed; until then the JDK keeps
   * their descriptors open. Channels that tasks of the loop close need no call.
   */
  public void flush() {
    if (!inLoop()) {
      synchronized (lock) {
        wakeup();
      }
    }
  }

  /**
   * From now on the thread ends as soon as it has nothing to do. A later task or timer still starts
   * a thread.
   */
  public void endWhenIdle() {
    synchronized (lock) {
      agenda.endWhenIdle();
      wakeup();
    }
  }

  private void wakeup() {
    if (selection != null && !inLoop()) {
      selection.wakeup();
    }
  }

  /**
   * Whether so many timers are queued that a race should prepare its next attempt before it is due.
   */
  public boolean isCrowded() {
    synchronized (lock) {
      return agenda.timers() >= CROWD;
    }
  }

  /** Whether the calling thread is the loop's. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** The loop's thread; null if there is none. */
  public Thread thread() {
    return thread;
  }

  /**
   * How many selections the present selector has made. Tests use this to find out whether the loop
   * spins.
   */
  public long selects() {
    synchronized (lock) {
      return selection == null ? 0 : selection.selects();
    }
  }

  /**
   * Starts the thread if there is none. If it throws, nothing has changed. The new thread waits for
   * the lock before it does anything.
   */
  private void ensureRunning() {
    Thread running = thread;
    if (running != null && running.isAlive()) {
      return;
    }
    // The selection of a thread that has died still holds its channels, so the new thread takes it
    // over.
    Selection present = selection;
    thread = null;
    try {
      selection = present == null ? new Selection(selectors) : present;
      agenda.begin(now());
      Thread created = DaemonThreads.create(work, name, faults);
      created.start();
      thread = created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (present == null && thread == null && selection != null) {
        selection.close();
        selection = null;
      }
    }
  }

  /** The selection of the loop's thread, which is the only one that may call this. */
  Selection selection() {
    return selection;
  }

  /**
   * See {@link Agenda#collect}. If it returns {@link LoopThread#END}, the loop has no thread any
   * more.
   */
  long collect(Deque<Runnable> due, boolean hasRun) {
    synchronized (lock) {
      long millis = agenda.collect(now(), due, selection, hasRun);
      if (millis == LoopThread.END) {
        thread = null;
        selection.close();
        selection = null;
      }
      return millis;
    }
  }
}
