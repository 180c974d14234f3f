package io.heagent.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code mode=observe} says that racing would have saved. */
class ObservedHostsTest {
  private static final long MILLI = 1_000_000L;
  private static final long DELAY = 250 * MILLI;

  private final ObservedHosts observed = new ObservedHosts();

  private void ended(String host, boolean connected, long millis) {
    observed.ended(host, 443, connected, millis * MILLI, DELAY);
  }

  @Test
  void nothingIsSavedWithinTheDelay() {
    ended("a.example", true, 10);
    ended("a.example", true, 250);
    assertEquals(2, observed.connects());
    assertEquals(0, observed.slow());
    assertEquals(0, observed.savableMillis());
    assertEquals(0, observed.waitedMillis());
  }

  /** Ten milliseconds is what connects take here. */
  @Test
  void aLateOneWouldHaveBeenThroughSoonAfterTheDelay() {
    ended("a.example", true, 10);
    ended("a.example", true, 1_260);
    assertEquals(1, observed.slow());
    assertEquals(1_000, observed.savableMillis());
    assertEquals(1_260, observed.waitedMillis());
  }

  @Test
  void aFailureCountsWhatItWaitedTooLong() {
    ended("a.example", false, 2);
    ended("a.example", false, 5_250);
    assertEquals(2, observed.failed());
    assertEquals(0, observed.slow());
    assertEquals(5_000, observed.savableMillis());
    assertEquals(5_252, observed.waitedMillis());
  }

  @Test
  void theLongestWaitComesFirst() {
    assertNull(observed.summary());
    ended("a.example", false, 300);
    ended("b.example", false, 900);
    assertTrue(observed.summary().startsWith("observed 2 connects, "), observed.summary());
    List<String> hosts = observed.perHost();
    assertTrue(hosts.get(0).startsWith("observed b.example:443: 1 connects"), hosts::toString);
    assertTrue(hosts.get(1).startsWith("observed a.example:443: 1 connects"), hosts::toString);
  }

  @Test
  void hostsWithoutEndAreCountedTogether() {
    for (int i = 0; i < ObservedHosts.MOST_HOSTS + 50; i++) {
      ended("host" + i + ".example", true, 1);
    }
    assertEquals(ObservedHosts.MOST_HOSTS + 1, observed.perHost().size());
    assertEquals(ObservedHosts.MOST_HOSTS + 50, observed.connects());
  }
}
