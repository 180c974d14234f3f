package io.heagent.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.FreePort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Address objects by which the program means exactly one machine are left alone. */
@Tag("jvm")
@Tag("beside-others")
class PinnedIT extends StartCase {
  @Test
  void addressesThatWereNotLookedUpByName() throws Exception {
    String[] arguments = {REFUSED_FIRST, port(), AgentLab.REFUSED.get(1)};
    ForkedJvm.Outcome plain = lab.plain().run(PinnedProbe.class, arguments);
    ForkedJvm.Outcome agent = lab.agent("").run(PinnedProbe.class, arguments);
    assertEquals("", agent.stderr());
    // Only the last is raced; the name was found in reverse, too.
    String lookedUp = "FACTS\tlooked up\toutcome=";
    assertEquals(
        plain.stdout().replace(lookedUp + PLAIN, lookedUp + RACED), agent.stdout(), plain::stdout);
    assertEquals(1, agent.stdout().lines().filter(REFUSED_FIRST::equals).count());
    assertEquals(RACED, Facts.parse(agent.stdout()).get("looked up").get("outcome"));
  }

  @Test
  void peerOfAConnectedSocket() throws Exception {
    assertPinned(Scenario.DEAD_FIRST, "dup");
  }

  @ParameterizedTest
  @CsvSource({"GOOD_FIRST,dup", "REFUSED_FIRST,dup", "DEAD_FIRST,redial"})
  @Tag("one-jdk")
  void peerOfOtherConnects(Scenario scenario, String adoption) throws Exception {
    assertPinned(scenario, adoption);
  }

  private static void assertPinned(Scenario scenario, String adoption) throws Exception {
    String good = Service.TALK.address();
    String host = "data-" + scenario.host(Service.TALK);
    int data = FreePort.on(good, AgentLab.SECOND);
    try (AgentLab own = AgentLab.talk();
        TalkServer sibling = TalkServer.plain(AgentLab.SECOND, data)) {
      switch (scenario) {
        case DEAD_FIRST -> own.with(host, AgentLab.DEAD.get(0), good, AgentLab.SECOND);
        case REFUSED_FIRST -> own.with(host, AgentLab.REFUSED.get(0), good, AgentLab.SECOND);
        default -> own.with(host, good, AgentLab.SECOND);
      }
      ForkedJvm.Outcome outcome =
          own.agent("delay=100ms,adoption=" + adoption)
              .run(
                  DataConnectionProbe.class,
                  host,
                  Integer.toString(own.port()),
                  Integer.toString(data));
      assertEquals("", outcome.stderr());
      Map<String, Facts> all = Facts.parse(outcome.stdout());
      assertEquals(8, all.size());
      for (Facts facts : all.values()) {
        assertEquals(PLAIN, facts.get("outcome"), facts::toString);
      }
      for (String way : List.of("socket", "selector", "asynchronous")) {
        assertEquals(host + "/" + good, all.get(way).get("peer"));
      }
      assertEquals(0, sibling.accepted());
    }
  }
}
