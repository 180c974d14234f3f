package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.Ip;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/**
 * When a refused connect is not raced, because all addresses have refused within the last 10 ms.
 */
class RefusalStreaksTest {
  private static final long MILLI = 1_000_000L;
  private static final InetAddress ADDRESS = Ip.of("192.0.2.1");

  private final RefusalStreaks refusals = new RefusalStreaks();
  private long now = 1_000 * MILLI;

  private void refused(int times, long pause) {
    for (int i = 0; i < times; i++) {
      now += pause;
      refusals.add("name", 80, ADDRESS, now);
    }
  }

  private boolean isLoopAfter(long nanos) {
    return refusals.isLoop("name", 80, ADDRESS, now + nanos);
  }

  @Test
  void sixteenInARowAreALoop() {
    refused(15, MILLI);
    assertFalse(isLoopAfter(0));
    refused(1, MILLI);
    assertTrue(isLoopAfter(0));
  }

  @Test
  void siblingsAreDialledAgainAfterTenMilliseconds() {
    refused(16, MILLI);
    assertTrue(isLoopAfter(10 * MILLI - 1));
    assertFalse(isLoopAfter(10 * MILLI));
    refused(1, 11 * MILLI);
    assertTrue(isLoopAfter(0));
  }

  @Test
  void aProgramThatPausesIsInNoLoop() {
    refused(100, 20 * MILLI);
    assertFalse(isLoopAfter(0));
    refused(16, 20 * MILLI - 1);
    assertTrue(isLoopAfter(0));
    refused(1, 20 * MILLI);
    assertFalse(isLoopAfter(0));
  }

  @Test
  void itIsThisNamePortAndAddressOrNone() {
    refused(16, MILLI);
    assertFalse(refusals.isLoop("other", 80, ADDRESS, now));
    assertFalse(refusals.isLoop("name", 81, ADDRESS, now));
    assertFalse(refusals.isLoop("name", 80, Ip.of("192.0.2.2"), now));
  }

  @Test
  void timesBeforeTheClocksZeroAreTimes() {
    now = Long.MAX_VALUE - 8 * MILLI;
    refused(16, MILLI);
    assertTrue(isLoopAfter(9 * MILLI));
    assertFalse(isLoopAfter(10 * MILLI));
  }

  /** Two programs in one JVM, or one program that connects to several names. */
  @Test
  void loopsOfTwoNamesDoNotDisturbEachOther() {
    for (int i = 0; i < 16; i++) {
      now += MILLI;
      refusals.add("one", 80, ADDRESS, now);
      refusals.add("two", 80, ADDRESS, now);
    }
    assertTrue(refusals.isLoop("one", 80, ADDRESS, now));
    assertTrue(refusals.isLoop("two", 80, ADDRESS, now));
  }

  @Test
  void portsOfOneNameDoNotDisturbEachOther() {
    for (int i = 0; i < 16; i++) {
      now += MILLI;
      refusals.add("one", 80, ADDRESS, now);
      refusals.add("one", 81, ADDRESS, now);
    }
    assertTrue(refusals.isLoop("one", 80, ADDRESS, now));
    assertTrue(refusals.isLoop("one", 81, ADDRESS, now));
  }
}
