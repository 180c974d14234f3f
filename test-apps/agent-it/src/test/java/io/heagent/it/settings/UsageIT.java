package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.Command;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code java -jar he-agent.jar} tells what it is and names every setting there is. */
@Tag("jvm")
@Tag("one-jdk")
class UsageIT extends StartCase {
  @Test
  void namesEverySetting() throws Exception {
    Outcome outcome = Command.run("", "java", "-jar", AgentLab.JAR.toString());
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    String first = outcome.stdout().lines().findFirst().orElse("");
    assertTrue(first.matches("he-agent [0-9]\\S*: Happy Eyeballs \\(RFC 8305\\) .*"), first);
    List<String> rows = outcome.stdout().lines().map(String::strip).toList();
    for (String setting : settings()) {
      assertEquals(1, rows.stream().filter(row -> row.startsWith(setting + " ")).count(), setting);
    }
    assertTrue(outcome.stdout().contains("heagent.enabled=false"), outcome.stdout());
  }

  @Test
  void prepareSaysWhatTheDocumentShows() throws Exception {
    String shown =
        Files.readAllLines(Path.of("../../docs/usage.md")).stream()
            .filter(line -> line.startsWith("prepared "))
            .findFirst()
            .orElseThrow();
    try (TempDirectory directory = TempDirectory.create("prepare")) {
      String into = directory.path().toString();
      Outcome outcome = Command.run("", "java", "-jar", AgentLab.JAR.toString(), "prepare", into);
      assertEquals("", outcome.stderr());
      assertEquals(0, outcome.exitCode());
      assertEquals(
          shown.replaceFirst("prepared \\S+", "prepared VERSION").replace("/opt/he-agent", "DIR"),
          outcome
              .stdout()
              .strip()
              .replaceFirst("prepared \\S+", "prepared VERSION")
              .replace(into, "DIR"));
    }
  }

  /** As the agent itself enumerates them to somebody who gives one that it does not know. */
  private static List<String> settings() throws Exception {
    String line = dial(lab.agent("unknown=1")).stderr();
    String names = line.substring(line.indexOf(", only ") + 7, line.indexOf("; it is ignored"));
    List<String> settings = List.of(names.split(", ", -1));
    assertTrue(settings.containsAll(List.of("delay", "host", "except", "adoption", "config")));
    return settings;
  }
}
