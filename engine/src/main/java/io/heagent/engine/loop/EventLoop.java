package io.heagent.engine.loop;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.util.Deque;

/**
 * One thread with a selector, timers and tasks, for all races of non-blocking channels. The thread
 * is made with the first task or timer, is a daemon, and ends, with its selector, when it has had
 * nothing to do for a while. Tasks must not block.
 *
 * <p>Where there is no memory or no descriptor for the thread, the caller is thrown that (as an
 * {@link UncheckedIOException}, if no selector could be opened), nothing is queued, and the next
 * caller tries again. What is thrown on the thread itself goes to its handler, and ends neither the
 * thread nor what waits for it.
 *
 * <p>Threads: any, but for {@link #watch}, which is for tasks of the loop.
 *
 * <p>Lock: {@code lock} guards the tasks, the timers and the life of the thread. While it is held
 * only the selector is asked, woken and, with the thread, opened, started or closed.
 */
public final class EventLoop implements Scheduler {

  /** With so many timers queued the loop counts as crowded. */
  private static final int CROWD = 128;

  private final String name;
  private final SelectorFactory selectors;
  private final Thread.UncaughtExceptionHandler faults;
  private final LoopThread work = new LoopThread(this);
  private final Object lock = new Object();

  /** Guarded by the lock. */
  private final Agenda agenda;

  /** Null while there is no thread. Written under the lock; the thread reads it without. */
  private Selection selection;

  /** Written under the lock, read by anybody. One that has died in spite of all is replaced. */
  private volatile Thread thread;

  /**
   * A loop without a thread; nothing is opened or started yet.
   *
   * @param name of the thread
   * @param idleNanos after so many nanoseconds without anything to do the thread ends
   * @param selectors opens the selector, whenever a thread begins
   * @param faults the thread's handler: takes what tasks throw, and what goes wrong on the thread
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

  /** Runs a task on the loop's thread, soon, in the order of these calls. */
  public void execute(Runnable task) {
    synchronized (lock) {
      ensureRunning();
      agenda.add(task);
      wakeup();
    }
  }

  /** Runs a task on the loop's thread at a time. */
  @Override
  public Timer schedule(long atNanos, Runnable task) {
    synchronized (lock) {
      ensureRunning();
      Timer timer = agenda.add(atNanos, task);
      // Later timers, all but the first of a series with one delay, need no wake-up.
      if (agenda.isAsleepAt(atNanos)) {
        wakeup();
      }
      return timer;
    }
  }

  /**
   * Runs a task now; or, on the loop's thread, once that has done some more of what is due: when
   * thousands of races end at once, as many tell their programs together.
   */
  public void soon(Runnable task) {
    if (inLoop()) {
      work.putOff(task);
    } else {
      task.run();
    }
  }

  /**
   * Watches a channel until it is ready for the first time. By the time the task runs, the channel
   * is registered nowhere any more. Of the loop's thread only.
   *
   * @param operations of {@link java.nio.channels.SelectionKey}
   */
  public Watch watch(SelectableChannel channel, int operations, Runnable ready) throws IOException {
    return selection.watch(channel, operations, ready);
  }

  /**
   * Has the selector let go of channels that other threads have closed; until then their
   * descriptors stay open. What the loop's own tasks close it lets go of by itself.
   */
  public void flush() {
    if (!inLoop()) {
      synchronized (lock) {
        wakeup();
      }
    }
  }

  private void wakeup() {
    if (selection != null && !inLoop()) {
      selection.wakeup();
    }
  }

  /** Whether so much is due within a short time that it had better be prepared before. */
  public boolean isCrowded() {
    synchronized (lock) {
      return agenda.timers() >= CROWD;
    }
  }

  /** Whether the calling thread is the loop's. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** The thread that runs; null if there is none. */
  public Thread thread() {
    return thread;
  }

  /** How many selections the present selector has made: tells whether the loop spins. */
  public long selects() {
    synchronized (lock) {
      return selection == null ? 0 : selection.selects();
    }
  }

  /** Throws with all as it was. The new thread waits for the lock before it looks at anything. */
  private void ensureRunning() {
    Thread running = thread;
    if (running != null && running.isAlive()) {
      return;
    }
    // That of a thread that has died still has its channels.
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

  /** The selector of the thread that calls this, which is the loop's. */
  Selection selection() {
    return selection;
  }

  /** See {@link Agenda#collect}. At its end the loop is without a thread. */
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
