package io.heagent.agent.log;

import java.util.Arrays;

/**
 * Takes the agent's frames out of the stack traces of exceptions that the program is given: it is
 * to see its own code and the JDK's, as it does without the agent. Any thread.
 */
public final class StackTraceCleaner {

  private static final StackTraceElement[] NO_TRACE = {};

  private StackTraceCleaner() {}

  /**
   * Cleans an exception and those that it suppresses. Where there is no memory for that, the
   * exception has no stack trace at all afterwards. Throws nothing.
   *
   * @return the exception itself
   */
  public static <T extends Throwable> T cleaned(T failure) {
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

  /**
   * The same where not even a call can be made any more, for want of stack for instance: the
   * program is to have the outcome of its connect all the same. Throws nothing.
   *
   * @return the exception itself
   */
  public static <T extends Throwable> T cleanedIfPossible(T failure) {
    try {
      return cleaned(failure);
    } catch (RuntimeException | Error unexpected) {
      return bare(failure);
    }
  }

  private static <T extends Throwable> T bare(T failure) {
    try {
      failure.setStackTrace(NO_TRACE);
    } catch (RuntimeException | Error nothingLeftToDo) {
      return failure;
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
