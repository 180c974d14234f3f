package io.heagent.engine.loop;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * What the thread of an {@link EventLoop} does: it runs what is due, selects, and begins again. If
 * a thread dies, the next one goes on with what is left.
 *
 * <p>Threads: only the loop's thread uses this.
 */
final class LoopThread implements Runnable {

  /** Instead of a time to sleep: there is nothing left to do, and the thread ends. */
  static final long END = -1;

  /** Instead of a time to sleep: until a channel is ready or another thread wakes this one. */
  static final long FOREVER = Long.MAX_VALUE;

  /** The pause after a pass has failed, so that the thread does not spin if every pass fails. */
  private static final long PAUSE_NANOS = 1_000_000L;

  /** Tasks that were put off are run when there are this many. */
  private static final int TOGETHER = 16;

  private final EventLoop loop;
  private final Deque<Runnable> due = new ArrayDeque<>();
  private final Deque<Runnable> putOff = new ArrayDeque<>();

  /** Whether a task has run since the last selection. */
  private boolean hasRun;

  LoopThread(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs a task after a few more tasks that are due. */
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
        // For example, there was no memory. What was not done is still queued, and the next pass
        // does it.
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
    // Clears an interrupt from outside, which would end every further selection at once.
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

  /** Runs a task; an exception of one race must not stop the others. */
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
      // Dropped, as the JVM drops what an uncaught exception handler throws.
    }
  }
}
