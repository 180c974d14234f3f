package io.heagent.agent.connect;

import java.io.IOException;

/** What is done with a side attempt that has won. Owns it from here on. */
interface Winner {

  /**
   * Makes it the program's connection.
   *
   * @return what the woven Net.connect is to return
   */
  int take(SideAttempt winner) throws IOException;
}
