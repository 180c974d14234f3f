package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Together;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * When no connect is under way, the agent holds what a plain JVM holds, and no thread: no socket,
 * selector or pipe is in the way of a checkpoint (CRaC).
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class IdleIT extends StartCase {
  @Test
  void nothingIsHeldWhenNoConnectIsUnderWay() throws Exception {
    List<ForkedJvm.Outcome> outcomes =
        Together.run(() -> run(lab.plain()), () -> run(lab.agent("delay=100ms,history=off")));
    ForkedJvm.Outcome plain = outcomes.get(0);
    ForkedJvm.Outcome agent = outcomes.get(1);
    assertEquals(0, agent.exitCode(), agent::toString);
    assertEquals(held(plain), held(agent));
    assertEquals("", agent.stderr());
  }

  private static ForkedJvm.Outcome run(ForkedJvm jvm) throws Exception {
    return jvm.run(IdleProbe.class, Scenario.REFUSED_FIRST.host(Service.TALK), port());
  }

  /** The two lines after those of the connects: threads, and what is open. */
  private static String held(ForkedJvm.Outcome outcome) {
    return outcome.stdout().substring(outcome.stdout().indexOf('['));
  }
}
