package io.heagent.agent.connect.fake;

import java.util.concurrent.Semaphore;

/** A thread that runs only while the one that resumes it waits for it to pause or to end. */
final class LockstepThread {

  /** The one that runs, seen by itself. */
  private static final ThreadLocal<LockstepThread> CURRENT = new ThreadLocal<>();

  private final Semaphore resumed = new Semaphore(0);
  private final Semaphore paused = new Semaphore(0);
  private volatile boolean over;

  LockstepThread(Runnable task) {
    Thread thread = new Thread(() -> run(task), "lockstep");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Runnable task) {
    resumed.acquireUninterruptibly();
    CURRENT.set(this);
    try {
      task.run();
    } finally {
      over = true;
      paused.release();
    }
  }

  static LockstepThread current() {
    return CURRENT.get();
  }

  boolean isOver() {
    return over;
  }

  /** Lets it go on, and returns when it has paused or ended. */
  void resume() {
    if (!over) {
      resumed.release();
      paused.acquireUninterruptibly();
    }
  }

  /** On this thread: returns when it is resumed. */
  void pause() {
    paused.release();
    resumed.acquireUninterruptibly();
  }
}
