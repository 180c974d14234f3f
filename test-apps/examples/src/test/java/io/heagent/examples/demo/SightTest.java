package io.heagent.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.testkit.jvm.ForkedJvm;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightTest {
  @Test
  void success() {
    assertEquals(
        new Sight(true, Optional.of("127.0.0.9"), 0.253, "served by 127.0.0.9"),
        Sight.of(outcome(0, false, "ok 0.253 127.0.0.9 served by 127.0.0.9\n", "")));
  }

  @Test
  void failureLosesItsPackage() {
    assertEquals(
        new Sight(false, Optional.empty(), 5.001, "SocketTimeoutException: Connect timed out"),
        Sight.of(
            outcome(
                1,
                false,
                "failed 5.001 java.net.SocketTimeoutException: Connect timed out\n",
                "")));
  }

  @Test
  void killedCountsItsWholeTime() {
    assertEquals(
        new Sight(false, Optional.empty(), 8, "hangs, stopped after 8 s"),
        Sight.of(outcome(137, true, "", "")));
  }

  @Test
  void crashShowsStderr() {
    assertEquals(
        new Sight(false, Optional.empty(), 8, "exit code 134: fatal error"),
        Sight.of(outcome(134, false, "", "fatal error\n")));
  }

  private static ForkedJvm.Outcome outcome(
      int exitCode, boolean timedOut, String stdout, String stderr) {
    return new ForkedJvm.Outcome(exitCode, timedOut, Duration.ofSeconds(8), stdout, stderr);
  }
}
