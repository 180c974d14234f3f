package io.heagent.agent.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.log.Stderr;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command that fails by a fault of its own says so in one line, and has an exit code for it. */
class CommandTest {

  @Test
  void anExceptionEndsInOneLine() {
    try (Stderr err = new Stderr()) {
      int exit =
          Command.run(
              "check",
              () -> {
                throw new IllegalStateException("odd\nevent");
              });
      assertEquals(3, exit);
      assertEquals(
          List.of("[he-agent] check: has failed: java.lang.IllegalStateException: odd\\nevent"),
          err.lines());
    }
  }

  @Test
  void anErrorToo() {
    try (Stderr err = new Stderr()) {
      int exit =
          Command.run(
              "list",
              () -> {
                throw new StackOverflowError();
              });
      assertEquals(3, exit);
      assertEquals(
          List.of("[he-agent] list: has failed: java.lang.StackOverflowError"), err.lines());
    }
  }

  @Test
  void anyOtherExitCodeIsTheCommands() {
    assertEquals(1, Command.run("status", () -> 1));
  }
}
