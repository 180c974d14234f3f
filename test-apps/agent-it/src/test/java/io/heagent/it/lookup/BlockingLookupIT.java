package io.heagent.it.lookup;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Threads;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blocking connects that have to wait for a look-up that the agent makes. */
@Tag("jvm")
@Tag("beside-others")
class BlockingLookupIT {
  /** More than the agent has threads for at a time. */
  private static final int CROWD = 200;

  @Test
  @Tag("one-jdk")
  void noNameIsUnknownBecauseManyAreLookedUp() throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      for (int i = 0; i < CROWD; i++) {
        lab.with(BlockingLookupProbe.name(i), Service.TALK.address());
      }
      Map<String, Facts> seen =
          facts(lab.agent(""), "crowd", Integer.toString(lab.port()), Integer.toString(CROWD));
      assertEquals("{connected=" + CROWD + "}", seen.get("crowd").get("outcomes"));
    }
  }

  @Test
  void timeoutEndsAConnectWhileItsLookUpHangs() throws Exception {
    try (AgentLab lab = AgentLab.talk();
        HangingNames names = HangingNames.create()) {
      Map<String, Facts> seen =
          facts(
              names.agent("delay=100ms"),
              "timeout",
              Integer.toString(lab.port()),
              AgentLab.DEAD.get(0));
      assertEquals(3 * Threads.possible().size(), seen.size());
      for (Facts facts : seen.values()) {
        assertAll(
            facts.name(),
            () -> assertEquals("java.net.SocketTimeoutException", facts.get("error")),
            () -> assertEquals("none", facts.get("agent")),
            () -> assertEquals("true", facts.get("waited")));
      }
    }
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, String... arguments) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(BlockingLookupProbe.class, arguments);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    return Facts.parse(outcome.stdout());
  }
}
