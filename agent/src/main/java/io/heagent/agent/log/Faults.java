package io.heagent.agent.log;

/**
 * Failures of the agent's own code. They are told to people only: the program goes on as it would
 * without the agent. Any thread; nothing here throws, because it is called where something has
 * failed already, for want of memory or stack too.
 */
public final class Faults implements Thread.UncaughtExceptionHandler {

  /**
   * The handler of every thread of ours. Many programs end the process in the default handler, so
   * what our threads throw must not come there.
   */
  public static final Thread.UncaughtExceptionHandler OF_THREADS = new Faults();

  private Faults() {}

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    unexpected(thrown);
  }

  /** An error of ours, after which the JDK's own path runs: warns once, with the place. */
  public static void unexpected(Throwable error) {
    try {
      StackTraceElement[] trace = error.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      Log.warnOnce("unexpected " + error + place + "; this connect goes on without a race");
    } catch (RuntimeException | Error nothingLeftToDo) {
      return;
    }
  }

  /** A failure that changes nothing for anybody: one line at {@code log=debug}. */
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
