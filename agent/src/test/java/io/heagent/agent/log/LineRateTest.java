package io.heagent.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** On a clock of its own, which begins below zero as {@link System#nanoTime} may. */
class LineRateTest {
  private static final long START = -5_000L;

  private final LineRate rate = new LineRate(START);

  private void burst(long now) {
    for (int i = 0; i < LineRate.BURST; i++) {
      assertTrue(rate.admit(now));
    }
  }

  @Test
  void aBurstIsPrintedAndThenOneLineATime() {
    burst(START);
    assertFalse(rate.admit(START));
    assertFalse(rate.admit(START + LineRate.EACH_NANOS - 1));
    assertTrue(rate.admit(START + LineRate.EACH_NANOS));
    assertFalse(rate.admit(START + LineRate.EACH_NANOS));
  }

  @Test
  void whatIsLeftOutIsToldOnce() {
    burst(START);
    rate.admit(START);
    rate.admit(START);
    assertEquals(2, rate.takeLeftOut());
    assertEquals(0, rate.takeLeftOut());
  }

  @Test
  void afterAQuietTimeThereIsAWholeBurstAgain() {
    burst(START);
    burst(START + LineRate.BURST * LineRate.EACH_NANOS);
    assertFalse(rate.admit(START + LineRate.BURST * LineRate.EACH_NANOS));
  }
}
