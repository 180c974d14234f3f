package io.heagent.engine.history;

import static io.heagent.engine.history.FailureKind.LOCAL;
import static io.heagent.engine.history.FailureKind.REFUSED;
import static io.heagent.engine.history.FailureKind.UNANSWERED;
import static io.heagent.engine.history.FailureKind.UNREACHABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which addresses are suspects, for how long, and what ends that. */
class HistoryOrderTest {
  private static final long MINUTE = 60_000;

  private final Past past = new Past();

  @Test
  void withoutHistoryTheListItselfComesBack() {
    List<InetAddress> list = List.of(Past.address("a"), Past.address("B"));
    assertSame(list, past.history.order(Past.HOST, Past.PORT, list));
    past.wins("B", 20);
    assertSame(list, past.history.order(Past.HOST, Past.PORT, list));
  }

  @Test
  void suspectsGoBehindInTheirOrder() {
    past.fails("a", UNANSWERED, 250);
    past.fails("C", REFUSED, 1);
    assertEquals("BdaC", past.order("aBCd"));
    assertEquals("BdCa", past.order("CBad"));
  }

  @Test
  void tellsWhetherThereAreSuspects() {
    assertFalse(past.history.hasSuspects(Past.HOST, Past.PORT));
    past.wins("B", 20);
    assertFalse(past.history.hasSuspects(Past.HOST, Past.PORT));
    past.fails("a", UNANSWERED, 250);
    assertTrue(past.history.hasSuspects(Past.HOST, Past.PORT));
    assertFalse(past.history.hasSuspects(Past.HOST, Past.PORT + 1));
    past.pass(MINUTE);
    assertFalse(past.history.hasSuspects(Past.HOST, Past.PORT));
  }

  @Test
  void healthyFirstStaysFirstWhoeverWonLast() {
    past.fails("c", UNREACHABLE, 1);
    past.wins("B", 20);
    assertEquals("aBc", past.order("aBc"));
    assertEquals("aBc", past.order("acB"));
  }

  @Test
  void lastWinnerGoesFirstWhenTheRequestedIsKnownDead() {
    past.wins("C", 20);
    past.wins("b", 20);
    past.fails("a", UNANSWERED, 300);
    assertEquals("bCda", past.order("aCbd"));
    past.wins("C", 20);
    assertEquals("Cbda", past.order("abCd"));
    past.fails("C", REFUSED, 1);
    assertEquals("bdaC", past.order("abCd"));
  }

  @Test
  void winnerOfLongAgoHasNoPrivilege() {
    past.wins("C", 20);
    past.pass(10 * MINUTE);
    past.fails("a", UNANSWERED, 300);
    assertEquals("bCa", past.order("abC"));
  }

  @Test
  void allSuspectsKeepTheOrder() {
    past.fails("a", UNANSWERED, 300);
    past.fails("B", UNANSWERED, 300);
    assertEquals("aB", past.order("aB"));
    assertEquals("Ba", past.order("Ba"));
  }

  @Test
  void suspicionDoublesFromOneMinuteToFive() {
    for (long minutes : new long[] {1, 2, 4, 5, 5, 5}) {
      past.fails("a", UNANSWERED, 300);
      past.pass(minutes * MINUTE - 1);
      assertEquals("Ba", past.order("aB"));
      past.pass(1);
      assertEquals("aB", past.order("aB"));
    }
    past.pass(10 * MINUTE); // by then the failures are forgotten
    past.fails("a", UNANSWERED, 300);
    past.pass(MINUTE);
    assertEquals("aB", past.order("aB"));
  }

  @Test
  void oneSuccessEndsIt() {
    past.fails("a", UNANSWERED, 300);
    past.fails("a", UNANSWERED, 300);
    past.history.answered(Past.HOST, Past.PORT, Past.address("a"), 5);
    assertEquals("aB", past.order("aB"));
    past.pass(1);
    past.fails("a", UNANSWERED, 300);
    past.pass(MINUTE);
    assertEquals("aB", past.order("aB"), "counted anew");
  }

  @Test
  void attemptsOfOneIncidentCountOnce() {
    past.pass(300);
    for (int thread = 0; thread < 1_000; thread++) {
      past.fails("a", UNANSWERED, 0);
      past.history.failed(
          Past.HOST, Past.PORT, Past.address("a"), UNANSWERED, 300 * Past.MS + thread);
    }
    assertEquals(1, past.find("a").failures());
    past.fails("a", UNANSWERED, 300);
    assertEquals(1, past.find("a").failures(), "began at the very time of the first failure");
    past.pass(1);
    past.fails("a", UNANSWERED, 300);
    assertEquals(2, past.find("a").failures());
  }

  @Test
  void silenceCountsOnlyIfItLasted() {
    past.fails("a", UNANSWERED, 249); // never seen: 250 ms
    assertNull(past.find("a"));
    past.wins("a", 300);
    past.fails("a", UNANSWERED, 499); // 3 * 300 ms is overdue, but no delay is beyond 500 ms
    assertEquals("aB", past.order("aB"));
    past.pass(1);
    past.fails("a", UNANSWERED, 500);
    assertEquals("Ba", past.order("aB"));
  }

  @Test
  void silenceTowardsOneAttemptIsNoneWhenAnotherWasAnswered() {
    past.pass(100);
    past.wins("a", 20);
    past.history.failed(Past.HOST, Past.PORT, Past.address("a"), UNANSWERED, 300 * Past.MS);
    assertEquals(0, past.find("a").failures());
    assertEquals("aB", past.order("aB"));
  }

  /** It began when the address answered, so the answer does not speak for it. */
  @Test
  void attemptThatBeganAtTheVeryTimeOfTheLastAnswerCounts() {
    past.wins("a", 20);
    past.fails("a", REFUSED, 0);
    assertEquals(1, past.find("a").failures());
  }

  @Test
  void failureIsRememberedForTenMinutes() {
    past.fails("a", REFUSED, 0);
    past.pass(10 * MINUTE - 1);
    AddressHistory known = past.find("a");
    assertEquals(REFUSED, known.lastFailure());
    assertEquals(1, known.failures());
    assertEquals((10 * MINUTE - 1) * Past.MS, known.sinceFailureNanos());
    past.pass(1);
    known = past.find("a");
    assertNull(known.lastFailure());
    assertEquals(0, known.failures());
    assertEquals(-1, known.sinceFailureNanos());
  }

  @Test
  void failuresTenMinutesApartAreNotInARow() {
    past.fails("a", REFUSED, 0);
    past.pass(10 * MINUTE - 1);
    past.fails("a", REFUSED, 0);
    assertEquals(2, past.find("a").failures());
    past.pass(10 * MINUTE);
    past.fails("a", REFUSED, 0);
    assertEquals(1, past.find("a").failures());
  }

  /** Over all names, and at present only. */
  @Test
  void tellsHowManySuspectsThereAre() {
    assertEquals(0, past.history.suspects());
    past.fails("a", REFUSED, 0);
    past.fails("B", REFUSED, 0);
    past.wins("c", 20);
    past.history.failed("other.example", 80, Past.address("a"), REFUSED, 0);
    assertEquals(3, past.history.suspects());
    past.wins("a", 20);
    assertEquals(2, past.history.suspects());
    past.pass(MINUTE);
    assertEquals(0, past.history.suspects());
  }

  @Test
  void ownTroubleSaysNothing() {
    past.fails("a", LOCAL, 300);
    assertNull(past.find("a"));
  }

  @Test
  void portsAndHostsAreApart() {
    past.fails("a", REFUSED, 1);
    List<InetAddress> list = List.of(Past.address("a"), Past.address("B"));
    assertSame(list, past.history.order(Past.HOST, 80, list));
    assertSame(list, past.history.order("other.example", Past.PORT, list));
  }

  @Test
  void scopesAreApart() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) 0xfe;
    bytes[1] = (byte) 0x80;
    InetAddress one = Inet6Address.getByAddress(null, bytes, 1);
    InetAddress two = Inet6Address.getByAddress(null, bytes, 2);
    past.pass(1);
    past.history.failed(Past.HOST, Past.PORT, one, REFUSED, 1);
    List<InetAddress> order = past.history.order(Past.HOST, Past.PORT, List.of(one, two));
    assertSame(two, order.get(0));
    assertSame(one, order.get(1));
  }

  @Test
  void changeOfTheNetworkForgetsEverything() {
    past.wins("B", 20);
    past.fails("a", UNANSWERED, 300);
    past.pass(100);
    past.history.networkChanged();
    assertEquals(0, past.history.names());
    assertEquals("aB", past.order("aB"));
    assertEquals(250, past.delayMillis("B"));
    past.pass(200);
    past.history.failed(Past.HOST, Past.PORT, Past.address("a"), UNANSWERED, 300 * Past.MS);
    past.history.won(Past.HOST, Past.PORT, Past.address("B"), 300 * Past.MS);
    assertEquals(0, past.history.names(), "they began on the old network");
  }
}
