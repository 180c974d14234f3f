package io.heagent.engine.race;

/** Keeps what user code throws in places where it must change nothing. */
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
      // Ignored, as the JVM does with what this handler throws.
    }
  }
}
