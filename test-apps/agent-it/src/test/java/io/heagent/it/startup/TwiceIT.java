package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent given twice: the first one counts, the second says so in one line. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class TwiceIT extends StartCase {
  private static final String IGNORED =
      "[he-agent] is installed in this JVM already; these arguments are ignored: ";

  @Test
  void firstOneRaces() throws Exception {
    assertEquals(
        List.of(IGNORED + "mode=off"),
        linesBeside(RACED + "\n", dial(lab.agent("").agent(AgentLab.JAR, "mode=off"))));
  }

  @Test
  void firstOneIsOff() throws Exception {
    assertEquals(
        List.of(IGNORED + "null"),
        linesBeside(PLAIN + "\n", dial(lab.agent("mode=off").agent(AgentLab.JAR, ""))));
  }

  @Test
  void copiesOfTheJar() throws Exception {
    try (TempDirectory directory = TempDirectory.create("copy")) {
      Path copy = Files.copy(AgentLab.JAR, directory.path().resolve("other name.jar"));
      assertEquals(
          List.of(IGNORED + "mode=off"),
          linesBeside(RACED + "\n", dial(lab.agent("").agent(copy, "mode=off"))));
    }
  }

  @Test
  void toolOptionsAndCommandLine() throws Exception {
    var outcome =
        dial(lab.agent("mode=off").environment("JAVA_TOOL_OPTIONS", "-javaagent:" + AgentLab.JAR));
    List<String> lines = outcome.stderr().lines().filter(l -> l.startsWith("[he-")).toList();
    assertEquals(List.of(IGNORED + "mode=off"), lines);
    assertEquals(RACED + "\n", outcome.stdout());
  }
}
