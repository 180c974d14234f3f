package io.heagent.agent.connect;

import io.heagent.agent.log.Log;
import io.heagent.engine.report.FailureText;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What a program sees of failures, and what the log says of our own. */
final class Failures {

  /**
   * Of every thread of ours: what gets there must not come to the program's default handler, in
   * which many programs end the process.
   */
  static final Thread.UncaughtExceptionHandler OF_THREADS = new OfThreads();

  private static final StackTraceElement[] NO_TRACE = {};

  /** Whether messages name the host and its addresses. Written before any hook is in place. */
  private static volatile boolean named = true;

  private Failures() {}

  /** The setting {@code messages}: false for {@code jdk}. */
  static void nameAddresses(boolean name) {
    named = name;
  }

  /**
   * The failure of a race over several addresses.
   *
   * @param requested the index of the address that the program asked for; -1 where it has not had
   *     its turn
   */
  static IOException race(ConnectCall call, List<TriedAddress> tried, int requested) {
    return cleaned(
        named
            ? FailureText.failure(call.host, call.port, tried, requested)
            : FailureText.unnamed(call.host, tried, requested));
  }

  /** The program's timeout is over. */
  static IOException timeout(ConnectCall call, List<TriedAddress> tried) {
    return cleaned(
        named
            ? FailureText.timeout(call.host, call.port, tried)
            : FailureText.unnamed(call.host, tried, -1));
  }

  private static final class OfThreads implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      unexpected(thrown);
    }
  }

  /**
   * An error of ours: said once, with the place; the JDK's own path runs. Throws nothing: where not
   * even this works, no memory or no stack, what it is said in the midst of still goes on.
   */
  static void unexpected(Throwable error) {
    try {
      StackTraceElement[] trace = error.getStackTrace();
      String place = trace.length == 0 ? "" : " at " + trace[0];
      Log.warnOnce("unexpected " + error + place + "; this connect goes on without a race");
    } catch (RuntimeException | Error nothingLeftToDo) {
      return;
    }
  }

  /** A failure that changes nothing for anybody, where it says so. */
  static void ignored(Throwable failure) {
    try {
      if (Log.isDebug()) {
        Log.debug("ignored: " + failure);
      }
    } catch (RuntimeException | Error nothingLeftToDo) {
      return;
    }
  }

  /**
   * Takes our frames out of an exception's stack trace, and out of those it carries: the program is
   * to see its own code and the JDK's, as it does without the agent. Without the memory for that it
   * sees none.
   */
  static <T extends Throwable> T cleaned(T failure) {
    try {
      clean(failure);
      for (Throwable suppressed : failure.getSuppressed()) {
        clean(suppressed);
      }
    } catch (RuntimeException | Error unexpected) {
      failure.setStackTrace(NO_TRACE);
    }
    return failure;
  }

  private static void clean(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    int kept = 0;
    for (StackTraceElement frame : trace) {
      if (!isOurs(frame.getClassName())) {
        trace[kept++] = frame;
      }
    }
    if (kept < trace.length) {
      failure.setStackTrace(Arrays.copyOf(trace, kept));
    }
  }

  private static boolean isOurs(String className) {
    return className.startsWith("io.heagent.agent.")
        || className.startsWith("io.heagent.engine.")
        || className.startsWith("sun.nio.ch.He");
  }
}
