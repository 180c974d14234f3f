package io.heagent.agent.connect;

import io.heagent.agent.log.Log;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;

/** What a program sees of failures, and what the log says of our own. */
final class Failures {

  private Failures() {}

  /** An error of ours: said once, with the place; the JDK's own path runs. */
  static void unexpected(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    Log.warnOnce("unexpected " + error + place + "; this connect goes on without a race");
  }

  /** An address is not waited for that has said nothing for the whole of the program's timeout. */
  static void notWaitedAgain(ConnectCall call) {
    if (Log.isDebug()) {
      Log.debug(
          call.host
              + ':'
              + call.port
              + ": "
              + call.requested.getHostAddress()
              + " was silent for the whole timeout already, beside the address before it:"
              + " not waited for again");
    }
  }

  /** The same where there is no timeout but the system's: what the program sees without us. */
  static IOException timedOutAgain(ConnectCall call) {
    notWaitedAgain(call);
    return new ConnectException("Connection timed out");
  }

  /** A failure that changes nothing for anybody, where it says so. */
  static void ignored(Exception failure) {
    if (Log.isDebug()) {
      Log.debug("ignored: " + failure);
    }
  }

  /**
   * Takes our frames out of an exception's stack trace, and out of those it carries: the program is
   * to see its own code and the JDK's, as it does without the agent.
   */
  static <T extends Throwable> T cleaned(T failure) {
    clean(failure);
    for (Throwable suppressed : failure.getSuppressed()) {
      clean(suppressed);
    }
    return failure;
  }

  private static void clean(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    List<StackTraceElement> kept = new ArrayList<>(trace.length);
    for (StackTraceElement frame : trace) {
      String owner = frame.getClassName();
      if (!owner.startsWith("io.heagent.agent.")
          && !owner.startsWith("io.heagent.engine.")
          && !owner.startsWith("sun.nio.ch.He")) {
        kept.add(frame);
      }
    }
    failure.setStackTrace(kept.toArray(new StackTraceElement[0]));
  }
}
