package io.heagent.engine.race;

/** Runs user code whose exceptions must not change the race. */
final class Guard {

  private Guard() {}

  /** Runs the task; what it throws goes to the thread's uncaught exception handler. */
  static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      report(thrown);
    }
  }

  private static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable fromHandler) {
      // Dropped, as the JVM drops what an uncaught exception handler throws.
    }
  }
}
