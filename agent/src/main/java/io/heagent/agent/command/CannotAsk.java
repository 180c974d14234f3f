package io.heagent.agent.command;

/** Why a JVM cannot be asked: the rest of a sentence that begins with its process id. */
final class CannotAsk extends Exception {

  private static final long serialVersionUID = 1L;

  CannotAsk(String why) {
    super(why);
  }

  CannotAsk(String why, Throwable cause) {
    super(why + " (" + cause.getMessage() + ")", cause);
  }
}
