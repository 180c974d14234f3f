package io.heagent.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.AgentLab;
import io.heagent.lab.ForkedJvm;
import io.heagent.probes.Scenario;
import io.heagent.probes.Service;
import io.heagent.probes.start.AttachProbe;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beside another agent that changes the same classes, and loaded into a JVM that runs already. */
@Tag("every-jdk")
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
  void otherAlone() throws Exception {
    assertQuiet(all(PLAIN) + ALL_NOTED, note(lab.plain().agent(other.path(), "")));
  }

  @Test
  void otherBefore() throws Exception {
    assertQuiet(
        all(RACED) + ALL_NOTED, note(lab.plain().agent(other.path(), "").agent(AgentLab.JAR, "")));
  }

  @Test
  void otherAfter() throws Exception {
    assertQuiet(
        all(RACED) + ALL_NOTED, note(lab.plain().agent(AgentLab.JAR, "").agent(other.path(), "")));
  }

  @Test
  void otherAfterAndGoneAgain() throws Exception {
    assertQuiet(
        all(RACED) + "noted \n",
        note(lab.plain().agent(AgentLab.JAR, "").agent(other.path(), "gone")));
  }

  @Test
  void attachedWhileTheProgramRuns() throws Exception {
    List<String> lines =
        linesBeside(
            all(PLAIN) + "attached\nBEFORE " + RACED + "\n" + all(RACED),
            lab.plain()
                .flags("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                .run(
                    AttachProbe.class, REFUSED_FIRST, port(), AgentLab.JAR.toString(), "log=info"));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains(" (agentmain, "), lines.get(0));
  }

  private static ForkedJvm.Outcome note(ForkedJvm jvm) throws Exception {
    return jvm.run(NotesProbe.class, Scenario.REFUSED_FIRST.host(Service.TALK), port());
  }
}
