package io.heagent.it.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The commands of {@code docs/control.md}, in their order, print what stands there, but for what
 * differs from machine to machine, and end with the exit code that stands there, 0 where none does.
 */
@Tag("jvm")
@Tag("one-jdk")
class ControlDocumentIT extends StartCase {
  private static final Path DOCUMENT = Path.of("../../docs/control.md");
  private static final String PROMPT = "$ ";
  private static final String COMMAND = PROMPT + "java -jar he-agent.jar ";
  private static final String EXIT_CODE = PROMPT + "echo $?";

  /** The first JDK that warns of agents that come while the program runs. */
  private static final int WARNED_SINCE = 21;

  private static final String PID = "4711";

  /** A command, what is printed, and its exit code. */
  private record Example(String command, List<String> printed, int exitCode) {}

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(DOCUMENT);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(COMMAND)) {
        String command = lines.get(i).substring(COMMAND.length());
        List<String> printed = new ArrayList<>();
        while (!lines.get(i + 1).startsWith(PROMPT) && !lines.get(i + 1).equals("```")) {
          printed.add(lines.get(++i));
        }
        boolean told = lines.get(i + 1).equals(EXIT_CODE);
        examples.add(new Example(command, printed, told ? Integer.parseInt(lines.get(i + 2)) : 0));
      }
    }
    return examples;
  }

  @Test
  void printsWhatTheDocumentShows() throws Exception {
    List<Example> examples = examples();
    assertTrue(examples.size() >= 8, () -> examples.size() + " examples");
    try (Steered program = Steered.program(lab, REFUSED_FIRST)) {
      assertEquals(PLAIN, program.next());
      for (Example example : examples) {
        String[] arguments =
            example.command.replace(PID, program.pid()).replace("'", "").split(" ", -1);
        Outcome outcome = Steered.jar(AgentLab.JAR, arguments);
        String printed = outcome.stdout() + outcome.stderr();
        assertEquals(form(example.printed, PID), form(printed.lines().toList(), program.pid()));
        assertEquals(example.exitCode, outcome.exitCode(), example.command);
      }
    }
  }

  /** JEP 451: what the JVM says each time, whether it has the agent or not. */
  @Test
  void theJvmWarnsAsTheDocumentShows() throws Exception {
    assumeTrue(Runtime.version().feature() >= WARNED_SINCE);
    List<String> warnings = new ArrayList<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("WARNING: ")) {
        warnings.add(withoutJar(line));
      }
    }
    assertEquals(4, warnings.size());
    String once = String.join("\n", warnings) + "\n";
    try (Steered program = Steered.unprepared(lab, REFUSED_FIRST)) {
      assertEquals(1, program.command("status").exitCode());
      assertEquals(once, withoutJar(program.errors()));
      assertEquals(0, program.command("attach").exitCode());
      assertEquals(once + once, withoutJar(program.errors()));
      assertEquals(0, program.command("status").exitCode());
      assertEquals(once + once + once, withoutJar(program.errors()));
    }
  }

  private static String withoutJar(String lines) {
    return lines.replaceAll("\\(/.*/he-agent\\.jar\\)", "(JAR)");
  }

  /** Without version, times and program; of the JVMs of this machine only the one at hand. */
  private static String form(List<String> lines, String pid) {
    StringBuilder form = new StringBuilder();
    for (String line : lines) {
      boolean other = line.matches(" *\\d+  \\S+ .*") && !line.strip().startsWith(pid + " ");
      if (!other) {
        form.append(
                line.replaceFirst("^he-agent \\S+, since \\S+", "he-agent VERSION, since TIME")
                    .replaceFirst("^ *" + pid + "  \\S+ +", "PID PROGRAM ")
                    .replace(pid, "PID"))
            .append('\n');
      }
    }
    return form.toString();
  }
}
