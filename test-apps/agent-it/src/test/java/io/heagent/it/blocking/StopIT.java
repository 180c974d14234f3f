package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** A thread that the program stops while it connects ends, as it does in the JDK's own connect. */
@Tag("jvm")
@Tag("beside-others")
@EnabledForJreRange(max = JRE.JAVA_19) // Later ones cannot stop a thread.
class StopIT {
  private static final String WAITS_ALONE = "PrimaryDial";
  private static final String WAITS_FOR_ALL = "PollWaiter";

  @Test
  void stoppedThreadEnds() throws Exception {
    try (AgentLab lab =
        AgentLab.talk()
            .with("warm.one.test", AgentLab.DEAD.get(0), AgentLab.DEAD.get(1))
            .with("one.test", AgentLab.DEAD.get(0), AgentLab.DEAD.get(1))
            .with("warm.two.test", AgentLab.DEAD.get(0), AgentLab.DEAD.get(1))
            .with("two.test", AgentLab.DEAD.get(0), AgentLab.DEAD.get(1))) {
      ForkedJvm.Outcome outcome =
          lab.agent("delay=500ms,history=off")
              .run(
                  StopProbe.class,
                  Integer.toString(lab.port()),
                  Scenario.REFUSED_FIRST.host(Service.TALK),
                  "one.test",
                  WAITS_ALONE,
                  "two.test",
                  WAITS_FOR_ALL);
      assertEquals("", outcome.stderr());
      Map<String, Facts> seen = Facts.parse(outcome.stdout());
      for (String where : new String[] {WAITS_ALONE, WAITS_FOR_ALL}) {
        assertEquals(ThreadDeath.class.getName(), seen.get(where).get("thrown"), seen::toString);
        assertEquals("connected", seen.get(where).get("next"), seen::toString);
      }
    }
  }
}
