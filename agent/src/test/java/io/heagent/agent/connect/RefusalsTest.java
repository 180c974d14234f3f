package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** When a refused connect is not raced, because all addresses have refused a moment ago. */
class RefusalsTest {
  private static final long MILLI = 1_000_000L;
  private static final InetAddress ADDRESS = Ip.of("192.0.2.1");

  private final Refusals refusals = new Refusals();
  private long now = 1_000 * MILLI;

  private void refused(int times, long pause) {
    for (int i = 0; i < times; i++) {
      now += pause;
      refusals.all("name", 80, ADDRESS, now);
    }
  }

  private boolean areAllAfter(long nanos) {
    return refusals.areAll("name", 80, ADDRESS, now + nanos);
  }

  @Test
  void sixteenInARowAreALoop() {
    refused(15, MILLI);
    assertFalse(areAllAfter(0));
    refused(1, MILLI);
    assertTrue(areAllAfter(0));
  }

  @Test
  void siblingsAreDialledAgainAfterTenMilliseconds() {
    refused(16, MILLI);
    assertTrue(areAllAfter(10 * MILLI - 1));
    assertFalse(areAllAfter(10 * MILLI));
    refused(1, 11 * MILLI);
    assertTrue(areAllAfter(0));
  }

  @Test
  void aProgramThatPausesIsInNoLoop() {
    refused(100, 20 * MILLI);
    assertFalse(areAllAfter(0));
    refused(16, 20 * MILLI - 1);
    assertTrue(areAllAfter(0));
    refused(1, 20 * MILLI);
    assertFalse(areAllAfter(0));
  }

  @Test
  void itIsThisNamePortAndAddressOrNone() {
    refused(16, MILLI);
    assertFalse(refusals.areAll("other", 80, ADDRESS, now));
    assertFalse(refusals.areAll("name", 81, ADDRESS, now));
    assertFalse(refusals.areAll("name", 80, Ip.of("192.0.2.2"), now));
  }

  @Test
  void timesBeforeTheClocksZeroAreTimes() {
    now = Long.MAX_VALUE - 8 * MILLI;
    refused(16, MILLI);
    assertTrue(areAllAfter(9 * MILLI));
    assertFalse(areAllAfter(10 * MILLI));
  }
}
