package io.heagent.it.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.Command;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A running JVM gets the agent, is asked about it, and has its rules changed. */
@Tag("jvm")
@Tag("beside-others")
@Order(2)
class ControlIT extends StartCase {
  private static String done(Outcome outcome) {
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    return outcome.stdout();
  }

  private static String complaint(int exit, Outcome outcome) {
    assertEquals(1, outcome.stderr().lines().count(), outcome::stderr);
    assertEquals("", outcome.stdout());
    assertEquals(exit, outcome.exitCode());
    return outcome.stderr().strip();
  }

  @Test
  @Tag("every-jdk")
  void attachStatusAndSet() throws Exception {
    try (Steered program = Steered.program(lab, REFUSED_FIRST)) {
      assertEquals(PLAIN, program.next());
      assertEquals(
          "[he-agent] status: " + program.pid() + ": no agent is in this JVM",
          complaint(1, program.command("status")));
      assertEquals(PLAIN, program.next(), "to ask has changed nothing");

      String attached = done(program.command("attach", "history=off", "delay=300ms"));
      assertTrue(attached.contains(" (agentmain)\n"), attached);
      assertTrue(attached.contains("\n  delay=300ms (agent arguments)\n"), attached);
      assertEquals(RACED, program.next());
      assertTrue(
          complaint(1, program.command("attach")).contains(" is in this JVM already; "),
          "a second attach");

      done(program.command("set", "mode=off", "delay=400ms"));
      assertEquals(PLAIN, program.next());
      String status = done(program.command("status"));
      assertTrue(status.contains("\n  delay=400ms (set)\n"), status);
      assertTrue(status.contains("\n  mode=off (set)\n"), status);

      done(program.command("set", "mode=race", "except=" + REFUSED_FIRST));
      assertEquals(PLAIN, program.next());
      done(program.command("set", "except="));
      assertEquals(RACED, program.next());
      assertEquals("", program.errors());
    }
  }

  /** All of a change or none of it. */
  @Test
  @Tag("one-jdk")
  void aChangeThatIsNotAllowedChangesNothing() throws Exception {
    try (Steered program =
        Steered.program(lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR + "=history=off")) {
      String before = done(program.command("status"));
      assertTrue(before.contains(" (premain)\n"), before);
      for (List<String> wrong :
          List.of(
              List.of("mode=off", "delay=5ms"),
              List.of("mode=off,adoption=redial"),
              List.of("mode=off", "nonsense"))) {
        String line = complaint(2, program.command("set", wrong.toArray(String[]::new)));
        assertTrue(line.endsWith("; nothing has changed"), line);
      }
      assertEquals(settings(before), settings(done(program.command("status"))));
      assertEquals(RACED, program.next());
    }
  }

  /** A later change repeats no advice about what has not changed. */
  @Test
  @Tag("one-jdk")
  void whatIsUnwiseIsSaidOnce() throws Exception {
    try (Steered program =
        Steered.program(lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR + "=history=off")) {
      assertEquals(
          """
          delay=20ms is below the 100ms that RFC 8305 recommends as the least; it applies
          set delay=20ms; it holds for connects from now on
          """,
          done(program.command("set", "delay=20ms")));
      assertEquals(
          "set order=rfc6724; it holds for connects from now on\n",
          done(program.command("set", "order=rfc6724")));
    }
  }

  /** The old log stays in force; and there is a way back to stderr. */
  @Test
  @Tag("one-jdk")
  void aLogFileThatCannotBeOpenedIsRefused() throws Exception {
    try (TempDirectory directory = TempDirectory.create("log");
        Steered program =
            Steered.program(
                lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR + "=history=off,log=info")) {
      Path file = directory.path().resolve("he.log");
      done(program.command("set", "log-file=" + file));
      String line = complaint(2, program.command("set", "log-file=/dev/null/he.log"));
      assertTrue(line.contains(": log-file=/dev/null/he.log cannot be written ("), line);
      assertTrue(line.endsWith("); nothing has changed"), line);
      done(program.command("set", "delay=400ms"));
      assertTrue(Files.readString(file).endsWith("[he-agent] set delay=400ms\n"));
      done(program.command("set", "log-file="));
      assertTrue(program.errors().endsWith("[he-agent] set log-file=\n"), program.errors());
      assertEquals(RACED, program.next());
    }
  }

  private static String settings(String status) {
    return status.substring(status.indexOf("settings in force:"));
  }

  @Test
  void listNamesJvmsAndVersions() throws Exception {
    try (Steered with = Steered.program(lab, REFUSED_FIRST, "-javaagent:" + AgentLab.JAR);
        Steered without = Steered.program(lab, REFUSED_FIRST)) {
      with.next();
      without.next();
      List<String> lines = done(Steered.jar(AgentLab.JAR, "list")).lines().toList();
      assertTrue(lines.get(0).matches("\\s+PID\\s+PROGRAM\\s+AGENT"), lines.get(0));
      assertTrue(row(lines, with).matches(".*SteeredProgram\\s+\\d+\\.\\d+.*"), row(lines, with));
      assertTrue(row(lines, without).matches(".*SteeredProgram\\s+-"), row(lines, without));
      // Also beside the JVM of this test, which has a long name.
      int column = lines.get(0).indexOf("AGENT");
      for (String line : lines) {
        assertTrue(line.substring(column - 2).matches("  \\S+"), line);
      }
    }
  }

  private static String row(List<String> lines, Steered program) {
    return lines.stream()
        .filter(line -> line.strip().startsWith(program.pid() + " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(program.pid() + " is not in " + lines));
  }

  @ParameterizedTest
  @Tag("one-jdk")
  @CsvSource(
      delimiter = '|',
      value = {
        "chekc | [he-agent] there is no command \"chekc\", only check, settings, prepare, list,"
            + " attach,",
        "status | [he-agent] status: of which JVM? It needs a process id",
        "status x1 | [he-agent] status: x1 is no process id; list shows them",
        "status 1 2 | [he-agent] status: takes a process id only, not 2",
        "set 1 | [he-agent] set: which setting? set PID SETTING=VALUE...",
        "attach 1 delay=5ms | [he-agent] attach: delay=5ms (attach) is not allowed: 10ms to 2s, or"
            + " off;",
        "attach 1 nonsense=1 | [he-agent] attach: nonsense=1 (attach) is not allowed: there is no"
            + " setting \"nonsense\", only delay, ",
        "list all | [he-agent] list: takes no arguments, not all",
        "detach 1 --now | [he-agent] detach: takes a process id only, not --now",
        "--version | [he-agent] there is no command \"--version\", only check, settings,",
        "settings --json | [he-agent] settings: takes no arguments, not --json",
        "prepare a b | [he-agent] prepare: takes a directory at most, not a b",
        "prepare --here | [he-agent] prepare: takes a directory at most, not --here",
        "check | [he-agent] check: no host is given; see java -jar he-agent.jar check --help",
        "check --colour x.test | [he-agent] check: --colour: there is no such option; see java -jar"
      })
  void wrongArgumentsAreToldInOneLine(String arguments, String begins) throws Exception {
    String line = complaint(2, Steered.jar(AgentLab.JAR, arguments.split(" ", -1)));
    assertTrue(line.startsWith(begins), line);
  }

  /** The words come back in the complaint, and must not be able to forge a second line. */
  @ParameterizedTest
  @Tag("one-jdk")
  @ValueSource(strings = {"chekc", "check --delay", "status", "settings", "prepare -"})
  void argumentsCannotForgeALine(String arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments.split(" ", -1)));
    words.add("\n[he-agent] forged");
    String line = complaint(2, Steered.jar(AgentLab.JAR, words.toArray(String[]::new)));
    assertTrue(line.contains(" "), line);
  }

  /** With the flag that JEP 451 means to be the default one day. */
  @Test
  @Tag("every-jdk")
  void aJvmThatLetsNobodyInSaysSo() throws Exception {
    try (Steered program =
        Steered.program(
            lab,
            REFUSED_FIRST,
            "-XX:-EnableDynamicAgentLoading",
            "-javaagent:" + AgentLab.JAR + "=history=off")) {
      assertEquals(RACED, program.next());
      String line = complaint(1, program.command("set", "mode=off"));
      assertTrue(
          line.startsWith("[he-agent] set: " + program.pid() + " does not load the agent"), line);
      assertEquals(RACED, program.next());
    }
  }

  /** As in a runtime image for programs. */
  @Test
  void aJavaThatCannotAttachSaysSo() throws Exception {
    Outcome outcome =
        Command.run(
            "",
            "java",
            "--limit-modules=java.base,java.instrument,java.logging",
            "-jar",
            AgentLab.JAR.toString(),
            "status",
            "1");
    assertEquals(
        "[he-agent] status: this Java has no module jdk.attach, which it needs: use that of a JDK",
        complaint(1, outcome));
  }

  /** The signal that an attach sends would end a process that is no JVM. */
  @Test
  void aProcessThatIsNoJvmIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      assertEquals(
          "[he-agent] status: " + other.pid() + " is no JVM",
          complaint(1, Steered.jar(AgentLab.JAR, "status", Long.toString(other.pid()))));
      assertFalse(other.waitFor(0, TimeUnit.SECONDS), "it has been ended");
    } finally {
      other.destroyForcibly();
    }
    other.waitFor();
    assertEquals(
        "[he-agent] status: "
            + other.pid()
            + " is not a running process of which this user may know",
        complaint(1, Steered.jar(AgentLab.JAR, "status", Long.toString(other.pid()))));
  }
}
