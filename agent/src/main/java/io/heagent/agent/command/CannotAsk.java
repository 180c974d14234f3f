package io.heagent.agent.command;

import io.heagent.engine.report.OneLine;
import java.nio.file.FileSystemException;

/** Why a JVM cannot be asked: the rest of a sentence that begins with its process id. */
final class CannotAsk extends Exception {

  private static final long serialVersionUID = 1L;

  CannotAsk(String why) {
    super(why);
  }

  CannotAsk(String why, Throwable cause) {
    super(why + " (" + OneLine.of(words(cause)) + ")", cause);
  }

  /** The message; with the kind of the failure if there is none, or if it is only a file's name. */
  private static String words(Throwable cause) {
    String message = cause.getMessage();
    boolean enough = message != null && !message.isBlank();
    return enough && !(cause instanceof FileSystemException) ? message.strip() : cause.toString();
  }
}
