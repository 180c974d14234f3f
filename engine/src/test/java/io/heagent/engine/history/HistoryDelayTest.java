package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The delay after an attempt: exact numbers of RFC 6298's estimator, and its bounds. */
class HistoryDelayTest {
  private final Past past = new Past();

  @Test
  void smoothingIsThatOfRfc6298() {
    long one = Smoothing.add(0, 80 * Past.MS);
    assertEquals(80 * Past.MS, Smoothing.smoothedNanos(one));
    assertEquals(40 * Past.MS, Smoothing.variationNanos(one));
    assertEquals(240 * Past.MS, Smoothing.overdueNanos(one));
    long two = Smoothing.add(one, 40 * Past.MS);
    assertEquals(75 * Past.MS, Smoothing.smoothedNanos(two)); // 7/8 * 80 + 1/8 * 40
    assertEquals(40 * Past.MS, Smoothing.variationNanos(two)); // 3/4 * 40 + 1/4 * 40
  }

  @Test
  void smoothingOfExtremes() {
    assertEquals(1_000, Smoothing.smoothedNanos(Smoothing.add(0, 0)));
    long huge = Smoothing.add(Smoothing.add(0, Long.MAX_VALUE), Long.MAX_VALUE);
    assertEquals((1L << 30) * 1_000, Smoothing.smoothedNanos(huge));
    long mixed = Smoothing.add(huge, 1);
    assertEquals((7 * (1L << 30) + 1) / 8 * 1_000, Smoothing.smoothedNanos(mixed));
  }

  @Test
  void withoutHistoryItIsTheBase() {
    assertEquals(250, past.delayMillis("a"));
    assertEquals(250 * Past.MS, past.history.delayOfUnseen());
  }

  @Test
  void knownAddressHasItsOwn() {
    past.wins("a", 60);
    assertEquals(180, past.delayMillis("a"));
    past.wins("a", 60); // variation 3/4 * 30
    assertEquals(150, past.delayMillis("a"));
    AddressHistory known = past.find("a");
    assertEquals(60 * Past.MS, known.smoothedNanos());
    assertEquals(22_500_000, known.variationNanos());
    assertEquals(0, known.sinceSuccessNanos());
    assertEquals(-1, known.sinceFailureNanos());
  }

  @Test
  void boundsOfAKnownAddress() {
    past.wins("a", 1);
    assertEquals(100, past.delayMillis("a"));
    past.wins("b", 1_000);
    assertEquals(500, past.delayMillis("b"), "never more than one base delay later");
    Past slow = new Past(HistorySettings.withBaseDelay(1_500 * Past.MS));
    slow.wins("a", 1_900);
    assertEquals(2_000, slow.delayMillis("a"));
    Past quick = new Past(HistorySettings.withBaseDelay(10 * Past.MS));
    quick.wins("a", 1);
    assertEquals(10, quick.delayMillis("a"));
  }

  @Test
  void namesNeverSeenGetTheirDelayFromAllConnects() {
    past.wins("a", 40);
    assertEquals(120 * Past.MS, past.history.delayOfUnseen());
    assertEquals(120 * Past.MS, past.history.delay("new.example", 1, Past.address("x")));
    past.wins("b", 5);
    past.wins("b", 5);
    past.wins("b", 5);
    assertEquals(131_646_000, past.history.delayOfUnseen());
    for (int i = 0; i < 40; i++) {
      past.wins("b", 5);
    }
    assertEquals(100 * Past.MS, past.history.delayOfUnseen());
    past.wins("c", 900);
    assertEquals(250 * Past.MS, past.history.delayOfUnseen());
  }

  @Test
  void namesTooLongToKeepStillCountForAll() {
    past.pass(20);
    past.history.won("x".repeat(256), 80, Past.address("a"), 20 * Past.MS);
    assertEquals(0, past.history.names());
    assertEquals(100 * Past.MS, past.history.delayOfUnseen());
  }

  @Test
  void failureLeavesTheDelayAlone() {
    past.wins("a", 60);
    past.fails("a", FailureKind.UNANSWERED, 600);
    assertEquals(180, past.delayMillis("a"));
  }

  @Test
  void whatIsOldCountsAsNeverSeen() {
    past.wins("a", 60);
    past.pass(599_999);
    assertEquals(180, past.delayMillis("a"));
    past.pass(1);
    assertEquals(250, past.delayMillis("a"));
    assertEquals(-1, past.find("a").smoothedNanos());
    past.wins("a", 40);
    assertEquals(120, past.delayMillis("a"), "starts anew");
    assertEquals(120 * Past.MS, past.history.delayOfUnseen());
  }

  @Test
  void timeOfAllConnectsStartsAnewAfterTenMinutes() {
    past.wins("a", 60);
    past.pass(600_000);
    past.history.won(Past.HOST, Past.PORT, Past.address("a"), 40 * Past.MS);
    assertEquals(120 * Past.MS, past.history.delayOfUnseen());
    assertEquals(HistorySettings.DEFAULT, past.history.settings());
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> HistorySettings.withBaseDelay(10 * Past.MS - 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HistorySettings(250, 250, 250, 600, 60, 64, 10, 4_096));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new HistorySettings(
                250 * Past.MS, 100 * Past.MS, 200 * Past.MS, 600, 60, 64, 10, 4_096));
  }
}
