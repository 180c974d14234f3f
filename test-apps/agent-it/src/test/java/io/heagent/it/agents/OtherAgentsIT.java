package io.heagent.it.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.AgentJar;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside another agent that changes the same classes, and loaded into a JVM that runs already. */
@Tag("jvm")
class OtherAgentsIT extends StartCase {
  private static final String ALL_NOTED =
      "noted other.agent.Net other.agent.NioSocketImpl other.agent.SocketChannelImpl\n";

  private static AgentJar other;

  @BeforeAll
  static void makeJar() throws Exception {
    other = AgentJar.of(RetransformingAgent.class);
  }

  @AfterAll
  static void deleteJar() throws Exception {
    other.close();
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void otherAlone() throws Exception {
    assertQuiet(all(PLAIN) + ALL_NOTED, note(plain().agent(other.path(), "")));
  }

  @Test
  @Tag("every-jdk")
  void otherBefore() throws Exception {
    assertQuiet(
        all(RACED) + ALL_NOTED, note(plain().agent(other.path(), "").agent(AgentLab.JAR, "")));
  }

  @Test
  @Tag("every-jdk")
  void otherAfter() throws Exception {
    assertQuiet(
        all(RACED) + ALL_NOTED, note(plain().agent(AgentLab.JAR, "").agent(other.path(), "")));
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void otherAfterAndGoneAgain() throws Exception {
    assertQuiet(
        all(RACED) + "noted \n", note(plain().agent(AgentLab.JAR, "").agent(other.path(), "gone")));
  }

  @Test
  @Tag("every-jdk")
  void attachedWhileTheProgramRuns() throws Exception {
    List<String> lines =
        linesBeside(
            all(PLAIN) + "attached\nBEFORE " + RACED + "\n" + all(RACED),
            plain()
                .flags("-XX:+EnableDynamicAgentLoading")
                .run(
                    AttachProbe.class, REFUSED_FIRST, port(), AgentLab.JAR.toString(), "log=info"));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains(" (agentmain, "), lines.get(0));
  }

  /**
   * The methods that the other agent has added stay, also if a third agent changes the classes once
   * more.
   */
  @ParameterizedTest
  @Tag("every-jdk")
  @ValueSource(strings = {"", "early"})
  void otherThatAddsMethodsBefore(String when) throws Exception {
    try (AgentJar adding = AgentJar.of(AddingAgent.class)) {
      assertQuiet(
          all(RACED)
              + "noted other.agent.Net other.agent.NioSocketImpl other.agent.SocketChannelImpl"
              + " other.agent.UnixAsynchronousSocketChannelImpl\n",
          note(plain().agent(adding.path(), when).agent(AgentLab.JAR, "").agent(other.path(), "")));
    }
  }

  @ParameterizedTest
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  @ValueSource(strings = {"", "load"})
  void otherThatLooksAtOurClasses(String how) throws Exception {
    try (AgentJar nosy = AgentJar.of(NosyAgent.class)) {
      for (ForkedJvm jvm :
          List.of(
              plain().agent(AgentLab.JAR, "").agent(nosy.path(), how),
              plain().agent(nosy.path(), how).agent(AgentLab.JAR, ""))) {
        assertQuiet(all(RACED), dialAll(jvm, Scenario.REFUSED_FIRST));
      }
    }
  }

  /** In front, which also loads the classes itself, behind, and once the program runs. */
  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void otherWhoseTransformerThrows() throws Exception {
    try (AgentJar throwing = AgentJar.of(ThrowingAgent.class)) {
      for (ForkedJvm jvm :
          List.of(
              plain().agent(throwing.path(), "").agent(AgentLab.JAR, ""),
              plain().agent(throwing.path(), "early").agent(AgentLab.JAR, ""),
              plain().agent(AgentLab.JAR, "").agent(throwing.path(), ""),
              plain().agent(AgentLab.JAR, "").agent(throwing.path(), "late"))) {
        assertQuiet(
            all(RACED) + ThrowingAgent.THROWN_AT_ALL,
            jvm.run(ThrowingAgent.class, REFUSED_FIRST, port()));
      }
    }
  }

  @Test
  @Tag("every-jdk")
  void classThatCannotBeChangedTakesItsOwnGroupOnly() throws Exception {
    String spoilt = "sun.nio.ch.SelectionKeyImpl";
    try (AgentJar spoiling = AgentJar.of(SpoilingAgent.class)) {
      StringBuilder expected = new StringBuilder();
      for (DialAll.Way way : DialAll.Way.values()) {
        expected.append(way).append(' ');
        expected.append(way == DialAll.Way.SELECTOR ? PLAIN : RACED).append('\n');
      }
      List<String> lines =
          linesBeside(
              expected.toString(),
              dialAll(
                  plain().agent(spoiling.path(), spoilt).agent(AgentLab.JAR, ""),
                  Scenario.REFUSED_FIRST));
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).startsWith("[he-agent] cannot change " + spoilt), lines.get(0));
      assertTrue(
          lines.get(0).endsWith("; connects of non-blocking channels are not raced"), lines.get(0));
    }
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void classThatEverythingNeedsCannotBeChanged() throws Exception {
    try (AgentJar spoiling = AgentJar.of(SpoilingAgent.class)) {
      List<String> lines =
          linesBeside(
              all(PLAIN),
              dialAll(
                  plain().agent(spoiling.path(), "sun.nio.ch.Net").agent(AgentLab.JAR, ""),
                  Scenario.REFUSED_FIRST));
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).endsWith("; connects are not raced"), lines.get(0));
    }
  }

  private static ForkedJvm.Outcome note(ForkedJvm jvm) throws Exception {
    return jvm.run(NotesProbe.class, Scenario.REFUSED_FIRST.host(Service.TALK), port());
  }

  /** These agents and programs use Byte Buddy. */
  private static ForkedJvm plain() {
    return lab.plain().withLibraries();
  }
}
