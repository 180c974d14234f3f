package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.socket.SystemCalls;

/**
 * Wakes the racing thread, which made this, where it parks: from any thread, and not lost where it
 * has not parked yet. A thread that sits in poll(2) instead looks from time to time.
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

  /** Whether there is something to look at, so that the racing thread must not park. */
  boolean isDue() {
    return due;
  }

  /** The racing thread is about to look. */
  void clear() {
    due = false;
  }
}
