package io.heagent.agent.log;

import java.util.Arrays;

/**
 * Removes the agent's frames from the stack traces of exceptions that the program gets, so that the
 * program sees its own code and the JDK's, as without the agent. Any thread.
 */
public final class StackTraceCleaner {

  private static final StackTraceElement[] NO_TRACE = {};

  private StackTraceCleaner() {}

  /**
   * Cleans an exception and those that it suppresses. If there is no memory for that, the exception
   * has no stack trace afterwards. Never throws.
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
   * Cleans an exception if possible. If even a call fails, for lack of stack for instance, the
   * program still gets the outcome of its connect. Never throws.
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
        || className.startsWith("sun.nio.ch.He")
        || className.equals("java.nio.channels.HeNetty");
  }
}
