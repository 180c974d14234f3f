package io.heagent.it.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the document does not show: the command beside settings, an agent, and what is broken. */
@Tag("jvm")
@Tag("one-jdk")
class CheckIT {
  private static final List<String> REFUSED_FIRST = List.of("--timeout", "2s", "api.test:8443");

  private static CheckLab lab;

  @BeforeAll
  static void open() throws IOException {
    lab = CheckLab.open();
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  /**
   * In a container, JAVA_TOOL_OPTIONS may load the agent into the command's JVM too. The agent must
   * not race the connects that the command makes.
   */
  @Test
  void anAgentInTheSameJvmChangesNothing() throws Exception {
    Outcome alone = lab.check(REFUSED_FIRST);
    int before = lab.accepted();
    Outcome beside = lab.check("-javaagent:" + AgentLab.JAR, List.of(), REFUSED_FIRST);
    assertEquals(lab.form(alone.stdout()), lab.form(beside.stdout()));
    assertEquals(0, beside.exitCode());
    assertEquals(1, lab.accepted() - before);
    assertEquals(1, beside.stderr().lines().count(), beside.stderr());
    assertTrue(beside.stderr().startsWith("Picked up JAVA_TOOL_OPTIONS: "), beside.stderr());
  }

  /**
   * With Launcher-Agent-Class in the manifest, the JVM would load the agent into the command
   * itself.
   */
  @Test
  void itsOwnJvmDoesNotStartTheAgent() throws Exception {
    Outcome outcome = lab.check("", List.of("-Dheagent.log=info"), REFUSED_FIRST);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void settingsOfTheProcessAreHeeded() throws Exception {
    Outcome outcome = lab.check("", List.of("-Dheagent.except=*.test"), REFUSED_FIRST);
    assertTrue(
        outcome.stdout().contains("would leave this connect alone (rule): "), outcome.stdout());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void aWrongSettingIsNamed() throws Exception {
    Outcome outcome =
        lab.check(List.of("--timeout", "2s", "--settings", "dealy=1s", "api.test:8443"));
    assertTrue(outcome.stderr().startsWith("[he-agent] check: "), outcome.stderr());
    assertTrue(outcome.stderr().contains("dealy"), outcome.stderr());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void aPictureThatCannotBeWrittenIsAFault() throws Exception {
    Outcome outcome =
        lab.check(List.of("--svg", "/dev/null/race.svg", "--timeout", "2s", "api.test:8443"));
    assertTrue(
        outcome
            .stderr()
            .startsWith("[he-agent] check: --svg=/dev/null/race.svg: cannot be written"),
        outcome.stderr());
    assertEquals(3, outcome.exitCode());
  }

  @Test
  void nothingIsColouredThatNoTerminalShows() throws Exception {
    Outcome outcome = lab.check(REFUSED_FIRST);
    assertFalse(outcome.stdout().contains("\u001b"), outcome.stdout());
    assertEquals("", outcome.stderr());
  }
}
