package io.heagent.agent.connect;

import java.io.IOException;

/** The winner could not be given an option of the program's socket; nothing else was done. */
final class NotCarriedException extends IOException {

  private static final long serialVersionUID = 1L;

  NotCarriedException(String option) {
    super(option + " could not be given to the connection that won; its address is dialled again");
  }
}
