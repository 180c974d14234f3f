package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code messages=jdk}: what is thrown says what the JDK would have said, and nothing else. */
@Tag("jvm")
@Tag("beside-others")
class MessagesIT extends StartCase {
  private static final String HOST = Scenario.ALL_REFUSED.host(Service.TALK);

  /** With this setting nothing is raced, and the JVM's messages are those without the agent. */
  private static final String PLAIN_JVM = "mode=off";

  private static List<String> lines(ForkedJvm jvm) throws Exception {
    Outcome outcome = jvm.run(FailAll.class, HOST, port());
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    return outcome.stdout().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void nameNothing(String adoption) throws Exception {
    List<String> plain = lines(lab.agent(PLAIN_JVM));
    List<String> raced = lines(lab.agent("messages=jdk,adoption=" + adoption));
    assertEquals(plain.size(), raced.size());
    for (int i = 0; i < plain.size(); i += 2) {
      assertEquals(plain.get(i), raced.get(i));
      String suppressed = raced.get(i + 1);
      assertEquals(3, suppressed.split("ConnectException: ", -1).length, suppressed);
    }
    for (String line : raced) {
      assertTrue(!line.contains(HOST) && !line.contains("127.0."), line);
    }
  }

  /**
   * The agent's messages name the host also if the JDK's own property hides it, because the program
   * could ask for it anyway.
   */
  @Test
  void nameEverythingByDefault() throws Exception {
    List<String> raced = lines(lab.agent(""));
    for (int i = 0; i < raced.size(); i += 2) {
      String line = raced.get(i);
      assertTrue(line.contains(": " + HOST + ":" + port() + " (2 addresses tried: "), line);
      for (int address = 0; address < 2; address++) {
        assertTrue(line.contains(AgentLab.REFUSED.get(address) + " refused after "), line);
      }
    }
  }
}
