package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code JAVA_TOOL_OPTIONS} reaches the JDK's tools too: they work, and the agent keeps quiet. */
@Tag("jvm")
class ToolsIT extends StartCase {
  // With log=info a banner would show that the agent has started.
  private static final String OPTIONS = "-javaagent:" + AgentLab.JAR + "=log=info";

  /** What the JVM itself says. */
  private static final String PICKED_UP = "Picked up JAVA_TOOL_OPTIONS: " + OPTIONS + "\n";

  @Test
  void keytool() throws Exception {
    assertSameAsWithout("keytool", "-showinfo", "-tls");
  }

  @Test
  void jcmd() throws Exception {
    String pid = Long.toString(ProcessHandle.current().pid());
    assertSameAsWithout("jcmd", pid, "VM.version");
  }

  @Test
  void javac() throws Exception {
    assertSameAsWithout("javac", "-version");
  }

  @Test
  void programIsNoTool() throws Exception {
    Outcome outcome = dial(lab.plain().environment("JAVA_TOOL_OPTIONS", OPTIONS));
    assertRacedWithBanner(outcome);
  }

  @Test
  void programFromSourceIsNoTool() throws Exception {
    try (TempDirectory directory = TempDirectory.create("source")) {
      Path source = directory.path().resolve("Prog.java");
      Files.writeString(
          source,
          "public class Prog { public static void main(String[] args) {"
              + " io.heagent.it.startup.Dial.main(args); } }");
      assertRacedWithBanner(
          lab.plain()
              .environment("JAVA_TOOL_OPTIONS", OPTIONS)
              .run(source.toString(), REFUSED_FIRST, port()));
    }
  }

  private static void assertSameAsWithout(String tool, String... arguments) throws Exception {
    Outcome without = Command.run("", tool, arguments);
    Outcome with = Command.run(OPTIONS, tool, arguments);
    assertEquals(0, without.exitCode(), without::stderr);
    assertFalse(without.stdout().isEmpty());
    assertEquals(PICKED_UP + without.stderr(), with.stderr());
    assertEquals(without.stdout(), with.stdout());
    assertEquals(0, with.exitCode());
  }

  private static void assertRacedWithBanner(Outcome outcome) {
    assertEquals(RACED + "\n", outcome.stdout(), outcome::stderr);
    String own = outcome.stderr().substring(PICKED_UP.length());
    assertEquals(1, own.lines().count(), own);
    assertTrue(own.startsWith("[he-agent] "), own);
  }
}
