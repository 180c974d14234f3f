package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

/** The reason why a JVM cannot be asked is one line, and always says something. */
class CannotAskTest {

  private static String message(Throwable cause) {
    return new CannotAsk("cannot be asked", cause).getMessage();
  }

  @Test
  void aCauseWithoutAMessageIsNamed() {
    assertEquals("cannot be asked (java.io.IOException)", message(new IOException()));
    assertEquals("cannot be asked (java.io.IOException: )", message(new IOException("")));
  }

  @Test
  void itIsOneLine() {
    assertEquals(
        "cannot be asked (no\\u001b[2J\\n[he-agent] forged)",
        message(new IOException("no\u001b[2J\n[he-agent] forged")));
  }

  @Test
  void theNameOfAFileAloneSaysTooLittle() {
    assertEquals(
        "cannot be asked (java.nio.file.AccessDeniedException: /tmp/x)",
        message(new AccessDeniedException("/tmp/x")));
  }
}
