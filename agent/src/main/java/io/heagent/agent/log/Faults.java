package io.heagent.agent.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports failures of the agent's own code. They are logged only: the program goes on as it would
 * without the agent. Any thread may report. Nothing here throws, because it is called after a
 * failure, which may be a lack of memory or stack.
 */
public final class Faults implements Thread.UncaughtExceptionHandler {

  /**
   * The uncaught exception handler of every thread of the agent. Many programs end the process in
   * the default handler, so exceptions of the agent's threads must not reach it.
   */
  public static final Thread.UncaughtExceptionHandler OF_THREADS = new Faults();

  /** Counted where they are reported: all of the agent's code reports here. Any thread adds. */
  private static final AtomicLong UNEXPECTED = new AtomicLong();

  private Faults() {}

  /** How many unexpected errors were reported so far. */
  public static long count() {
    return UNEXPECTED.get();
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    unexpected(thrown);
  }

  /**
   * Reports an unexpected error, after which the JDK's own path runs. Warns once, with the place.
   */
  public static void unexpected(Throwable error) {
    UNEXPECTED.getAndIncrement();
    try {
      StackTraceElement[] trace = error.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      Log.warnOnce("unexpected " + error + place + "; this connect goes on without a race");
    } catch (RuntimeException | Error nothingLeftToDo) {
      return;
    }
  }

  /** Reports a failure that has no consequence: one line at {@code log=debug}. */
  public static void ignored(Throwable failure) {
    try {
      if (Log.isDebug()) {
        Log.debug("ignored: " + failure);
      }
    } catch (RuntimeException | Error nothingLeftToDo) {
      return;
    }
  }
}
