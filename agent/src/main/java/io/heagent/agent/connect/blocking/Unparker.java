package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.socket.SystemCalls;

/**
 * Wakes the racing thread, which has made this object, when it parks. Any thread may call it; a
 * call is not lost if the racing thread has not parked yet. A thread that waits in poll(2) looks
 * from time to time instead.
 */
final class Unparker implements Runnable {

  private final SystemCalls system;

  private final Thread racer = Thread.currentThread();

  /** Set by any thread, cleared by the racing one. */
  private volatile boolean due;

  Unparker(SystemCalls system) {
    this.system = system;
  }

  @Override
  public void run() {
    due = true;
    system.unpark(racer);
  }

  /** Whether there is news, so that the racing thread must not park. */
  boolean isDue() {
    return due;
  }

  /** The racing thread is about to look for news. */
  void clear() {
    due = false;
  }
}
