package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The JDK waits by itself for a JVM to listen, and takes its file away when it gives up. */
class TimeLimitTest {
  @Test
  void theJdkGivesUpFirst() {
    assertEquals(30_000, TimeLimit.millis(0));
    assertEquals(30_000, TimeLimit.millis(-1));
    assertEquals(32_000, TimeLimit.millis(2_000));
    assertEquals(150_000, TimeLimit.millis(120_000));
  }
}
