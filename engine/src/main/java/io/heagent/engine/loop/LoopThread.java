package io.heagent.engine.loop;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * What the thread of an {@link EventLoop} does: runs what is due, then selects, again and again.
 * What a thread leaves undone that has died in spite of all is done by the next one.
 *
 * <p>Threads: everything here is of the loop's thread only.
 */
final class LoopThread implements Runnable {

  /** There is nothing left to do, and the thread ends. */
  static final long END = -1;

  /** There is nothing to do until a channel is ready or somebody wakes the thread. */
  static final long FOREVER = Long.MAX_VALUE;

  /** After something unexpected: should that last, the thread must not spin. */
  private static final long PAUSE_NANOS = 1_000_000L;

  /** When so many tasks have been put off, they are run. */
  private static final int TOGETHER = 16;

  private final EventLoop loop;
  private final Deque<Runnable> due = new ArrayDeque<>();
  private final Deque<Runnable> putOff = new ArrayDeque<>();

  /** Whether anything has run since the last selection. */
  private boolean hasRun;

  LoopThread(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs a task once some more of what is due has been done. */
  void putOff(Runnable task) {
    putOff.add(task);
  }

  @Override
  public void run() {
    boolean more = true;
    while (more) {
      try {
        more = pass();
      } catch (Throwable unexpected) {
        // No memory, for instance. What was not done is still noted; the next pass goes on with it.
        tell(unexpected);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private boolean pass() throws IOException {
    long millis = loop.collect(due, hasRun);
    if (millis == END) {
      return false;
    }
    for (Runnable task; (task = due.poll()) != null; ) {
      runAndTell(task);
    }
    runPutOff();
    select(millis);
    return true;
  }

  private void select(long millis) throws IOException {
    Selection selection = loop.selection();
    selection.select(millis);
    hasRun = false;
    // An interrupt from outside would end every selection at once from now on.
    Thread.interrupted();
    if (selection.isAnyReady()) {
      selection.deregisterReady();
      for (Watch watch; (watch = selection.nextReady()) != null; ) {
        runAndTell(watch);
      }
      runPutOff();
    }
  }

  private void runAndTell(Runnable task) {
    run(task);
    if (putOff.size() >= TOGETHER) {
      runPutOff();
    }
  }

  private void runPutOff() {
    for (Runnable task; (task = putOff.poll()) != null; ) {
      run(task);
    }
  }

  /** The trouble of one race must not become that of all others. */
  private void run(Runnable task) {
    hasRun = true;
    try {
      task.run();
    } catch (Throwable thrown) {
      tell(thrown);
    }
  }

  private static void tell(Throwable thrown) {
    try {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable fromHandler) {
      // As the JVM does with what a handler throws.
    }
  }
}
