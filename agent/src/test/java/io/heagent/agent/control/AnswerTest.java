package io.heagent.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The exit codes of commands, as {@code docs/control.md} has them, and their way as lines. */
class AnswerTest {
  @Test
  void eachAnswerHasItsExitCode() {
    assertEquals(0, Answer.done("yes").exit());
    assertEquals(1, Answer.refused("no").exit());
    assertEquals(1, Answer.NO_AGENT.exit());
    assertEquals(2, Answer.wrong("delay=5ms").exit());
    assertEquals(3, Answer.failed("interrupted").exit());
  }

  @Test
  void anAnswerIsReadAsItWasWritten() {
    for (Answer answer : List.of(Answer.done("one\ntwo"), Answer.refused(""), Answer.failed("x"))) {
      assertEquals(answer, Answer.parse(answer.lines()));
    }
  }

  /** It may come from an agent of another version. */
  @Test
  void anAnswerThatIsNoneHasFailed() {
    for (String lines : List.of("", "0", "yes\nno", "12\nno")) {
      assertEquals(3, Answer.parse(lines).exit(), lines);
    }
  }
}
