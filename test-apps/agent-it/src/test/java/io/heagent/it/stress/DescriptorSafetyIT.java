package io.heagent.it.stress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.jvm.ForkedJvm;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The worst that could happen: a winner put under a number that is a stranger's by now. Thousands
 * of connects, closed, interrupted and timed out at random moments, must leave every neighbour's
 * connection alone and every descriptor and thread given back, and a name that exists is never said
 * to be unknown. {@code -Dheagent.nightly=true} makes it a hundred thousand.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("soak")
class DescriptorSafetyIT {
  private static final int CONNECTS = Boolean.getBoolean("heagent.nightly") ? 100_000 : 5_000;

  @Test
  void descriptorClosedAndReusedMidRaceIsNeverOverwritten() throws Exception {
    stress("dup,history=off");
  }

  /** Redial puts no descriptor under another's number, and history only changes the order. */
  @ParameterizedTest
  @ValueSource(strings = {"redial,history=off", "dup"})
  @Tag("one-jdk")
  void norByRedialNorWithHistory(String settings) throws Exception {
    stress(settings);
  }

  private static void stress(String settings) throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      ForkedJvm.Outcome outcome =
          lab.agent("delay=10ms,adoption=" + settings)
              .withC2()
              // Look-ups happen all the time, but not for each connect.
              .flags("-Dsun.net.inetaddr.ttl=1")
              .limit(Duration.ofMinutes(60))
              .run(StressProbe.class, Integer.toString(lab.port()), Integer.toString(CONNECTS));
      Facts facts = Facts.parse(outcome.stdout()).getOrDefault("stress", new Facts("none"));
      System.out.println(settings + " " + facts + " in " + outcome.seconds() + " s");
      assertAll(
          () -> assertEquals("[]", facts.get("wrong")),
          () -> assertEquals("back", facts.get("descriptors")),
          () -> assertEquals("[]", facts.get("threads")),
          () -> assertEquals(0, outcome.exitCode(), outcome::stderr));
    }
  }
}
