package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.control.Answer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is printed of an answer, which a JVM of another user may have made up. */
class AnswerTextTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final JvmCommand command =
      new JvmCommand(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          new File("he-agent.jar"));

  @Test
  void itsLinesStayLinesAndReachNoTerminalRaw() {
    assertEquals(0, command.print("status", "4711", new Answer(0, "one\n  two\u001b[2J\rthree")));
    assertEquals("one\n  two\\u001b[2J\\rthree\n", out.toString(StandardCharsets.UTF_8));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aComplaintIsOneLine() {
    assertEquals(3, command.print("set", "4711", new Answer(3, "x: no\n[he-agent] forged")));
    assertEquals(
        "[he-agent] set: 4711: x: no\\n[he-agent] forged\n", err.toString(StandardCharsets.UTF_8));
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }
}
