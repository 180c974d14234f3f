package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Threads;
import io.heagent.testkit.jvm.ForkedJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's timeout that has passed before the race begins still ends it. */
@Tag("jvm")
@Tag("beside-others")
class ShortTimeoutIT {
  private static final int CONNECTS_PER_KIND = 4000;

  @ParameterizedTest
  @ValueSource(strings = {"dup", "redial"})
  void timeoutBeforeTheFirstAttemptEndsTheRace(String adoption) throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      ForkedJvm.Outcome outcome =
          lab.agent("adoption=" + adoption)
              .run(ShortTimeoutProbe.class, Integer.toString(lab.port()));
      int all = CONNECTS_PER_KIND * Threads.possible().size();
      assertEquals("", outcome.stderr());
      assertEquals(
          "{java.net.SocketTimeoutException=" + all + "}",
          Facts.parse(outcome.stdout()).get("short").get("outcomes"));
    }
  }
}
