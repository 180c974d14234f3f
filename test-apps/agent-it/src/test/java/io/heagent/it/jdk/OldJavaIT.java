package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.AgentJar;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On a Java that is too old, or whose version cannot be read, the agent prints one clear line, and
 * the program runs.
 */
@Tag("jvm")
@Tag("one-jdk")
class OldJavaIT extends StartCase {
  private static AgentJar property;

  @BeforeAll
  static void makeJar() throws Exception {
    property = AgentJar.of(PropertyAgent.class);
  }

  @AfterAll
  static void deleteJar() throws Exception {
    property.close();
  }

  @Test
  void java11() throws Exception {
    assertEquals(List.of(tooOld("11")), startOn("11"));
  }

  @Test
  void java8() throws Exception {
    assertEquals(List.of(tooOld("8")), startOn("1.8"));
  }

  /** Somebody who runs a command there is told by the exit code too. */
  @Test
  void commandsOnAnOldJava() throws Exception {
    Outcome outcome =
        lab.plain()
            .classPath(AgentLab.JAR + File.pathSeparator + System.getProperty("java.class.path"))
            .agent(property.path(), "java.specification.version=11")
            .run("io.heagent.agent.HeAgent", "check", "one.test");
    assertEquals(tooOld("11") + "\n", outcome.stdout());
    assertEquals(3, outcome.exitCode());
  }

  @Test
  void versionThatIsNone() throws Exception {
    List<String> lines = startOn("x");
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("[he-agent] could not start: "), lines.get(0));
    assertTrue(lines.get(0).endsWith("the program runs on, connects are not raced"), lines.get(0));
  }

  private static String tooOld(String version) {
    return "[he-agent] Java "
        + version
        + " is not supported: Java 17 or newer is needed; the program runs on, connects are not"
        + " raced";
  }

  // The JVM overwrites the property that -D sets. An agent that starts before ours can set it
  // afterwards.
  private static List<String> startOn(String version) throws Exception {
    return linesBeside(
        PLAIN + "\n",
        dial(
            lab.plain()
                .agent(property.path(), "java.specification.version=" + version)
                .agent(AgentLab.JAR, "")));
  }
}
