package io.heagent.testkit.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("jvm")
@Timeout(120)
class ForkedJvmTest {
  @Test
  void capturesEverything() throws Exception {
    var outcome =
        ForkedJvm.onThisJdk()
            .flags("-Dgiven=flag")
            .environment("GIVEN", "environment")
            .run(Talker.class, "a b", "c");
    assertEquals("flag a b,c", outcome.stdout());
    assertEquals("environment null", outcome.stderr());
    assertEquals(7, outcome.exitCode());
    assertFalse(outcome.timedOut());
  }

  @Test
  void killsAtTheLimitAndLeavesNoGrandchild() throws Exception {
    var outcome = ForkedJvm.onThisJdk().limit(Duration.ofSeconds(5)).run(Sleeper.class);
    assertTrue(outcome.timedOut());
    Arrays.stream(outcome.stdout().split(" ", -1)).forEach(ForkedJvmTest::assertGone);
  }

  @Test
  void killsWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> ForkedJvm.onThisJdk().run(Sleeper.class));
  }

  @Test
  void runsUnderAnotherCommand() throws Exception {
    var outcome = ForkedJvm.onThisJdk().under("env", "GIVEN=by env").run(Talker.class);
    assertTrue(outcome.stderr().startsWith("by env"), outcome::stderr);
  }

  // A killed process stays visible until init or its parent has reaped it.
  private static void assertGone(String pid) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false)) {
      assertTrue(System.nanoTime() < deadline, () -> pid + " is still alive");
      Thread.onSpinWait();
    }
  }
}
