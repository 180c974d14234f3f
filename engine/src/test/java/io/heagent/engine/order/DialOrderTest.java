package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.history.FailureKind;
import io.heagent.engine.history.HistorySettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which address is dialled first, which follow, and after which delay; on a virtual clock. */
class DialOrderTest {

  private static final long MS = 1_000_000L;
  private static final long DELAY = 250 * MS;

  private static final InetAddress A = Delivered.of("192.0.2.1");
  private static final InetAddress B = Delivered.of("192.0.2.2");
  private static final InetAddress C = Delivered.of("192.0.2.3");

  private final List<InetAddress> asked = new ArrayList<>();
  private long now;
  private final ConnectHistory past =
      new ConnectHistory(HistorySettings.withBaseDelay(DELAY), () -> now, bound -> bound - 1);

  private final EndpointHistory history =
      new EndpointHistory(
          past,
          new EndpointHistory.Surroundings() {
            @Override
            public void look() {}

            @Override
            public void unexpected(Throwable thrown) {
              throw new AssertionError(thrown);
            }
          },
          "host.example",
          443);

  private void wins(InetAddress address, long millis) {
    now += millis * MS;
    past.won("host.example", 443, address, millis * MS);
  }

  /** Makes an address a suspect, by an attempt that was silent for longer than any delay. */
  private void isDead(InetAddress address) {
    now += 501 * MS;
    past.failed("host.example", 443, address, FailureKind.UNANSWERED, 501 * MS);
  }

  private DialOrder to(InetAddress requested) {
    return DialOrder.of(requested, DELAY, history);
  }

  private boolean allow(InetAddress address) {
    asked.add(address);
    return true;
  }

  private static List<InetAddress> list(InetAddress... addresses) {
    return new ArrayList<>(List.of(addresses));
  }

  private static long millis(long nanos) {
    return nanos / MS;
  }

  @Test
  void beginsWithWhatIsRequestedAndKnowsNothingElse() {
    DialOrder order = DialOrder.of(A, DELAY, null);
    assertSame(A, order.requested());
    assertSame(A, order.first());
    assertNull(order.history());
    assertFalse(order.isReordered());
    assertFalse(order.isRequestedOnly());
    assertSame(history, to(A).history());
  }

  @Test
  void nameWithoutAnAddressRequestsTheFirstOneFound() {
    DialOrder unknown = to(null);
    assertNull(unknown.requested());
    assertNull(unknown.first());
    assertFalse(unknown.isReordered());
    DialOrder found = unknown.requesting(B);
    assertSame(B, found.requested());
    assertSame(B, found.first());
    assertSame(history, found.history());
    assertEquals(250, millis(found.delayAfter(B, false)));
  }

  @Test
  void withoutHistoryThePlanIsWhatIsRequested() {
    DialOrder order = DialOrder.of(A, DELAY, null).planned(list(A, B), true, this::allow);
    assertSame(A, order.first());
    assertFalse(order.isReordered());
    assertEquals(List.of(), asked);
    assertSame(A, DialOrder.of(A, DELAY, null).plannedAlone().first());
  }

  @Test
  void deadRequestedFollowsTheLastWinner() {
    wins(C, 20);
    isDead(A);
    DialOrder order = to(A).planned(list(A, B, C), true, this::allow);
    assertSame(C, order.first());
    assertSame(A, order.requested());
    assertTrue(order.isReordered());
    assertEquals(List.of(C), asked);
  }

  @Test
  void theWinnerStaysBehindWhereItMayNotGoFirst() {
    wins(C, 20);
    isDead(A);
    List<InetAddress> left = list(B, C);
    DialOrder order = to(A).planned(list(A, B, C), true, address -> false);
    assertSame(A, order.first());
    assertFalse(order.isReordered());
    assertEquals(list(C, B), order.rest(list(A), left), "it is the first one after it");
  }

  /** Because one connect in 64 ignores history, a connect asks history only once. */
  @Test
  void whereHistoryHasNothingToSayOfAllItIsNotAskedAgain() {
    DialOrder complete = to(A).planned(list(A, B, C), true, this::allow);
    DialOrder more = to(A).planned(list(A, B, C), false, this::allow);
    isDead(B);
    List<InetAddress> left = list(B, C);
    assertSame(left, complete.rest(list(A), left));
    assertEquals(list(C, B), more.rest(list(A), left));
  }

  @Test
  void siblingsFoundLaterAreOrderedOnce() {
    isDead(B);
    DialOrder order = to(A);
    List<InetAddress> left = list(B, C);
    assertEquals(list(C, B), order.rest(list(A), left));
    DialOrder after = order.afterRest();
    assertSame(left, after.rest(list(A), left));
    assertSame(A, after.first());
    assertFalse(after.isReordered());
  }

  /** Addresses tried before count for the order, and are not dialled again. */
  @Test
  void whatHasBeenTriedIsNotLeft() {
    wins(C, 20);
    isDead(A);
    List<InetAddress> left = list(B, C);
    assertEquals(list(C, B), to(A).rest(list(A), left));
  }

  @Test
  void oneAddressIsInOrderAndSoAreHealthyOnes() {
    isDead(B);
    List<InetAddress> one = list(B);
    assertSame(one, to(A).rest(list(A), one));
    List<InetAddress> two = list(A, C);
    assertSame(two, to(B).rest(list(), two));
    List<InetAddress> none = list();
    assertSame(none, to(A).rest(list(A), none));
    assertSame(two, DialOrder.of(A, DELAY, null).rest(list(), two));
  }

  @Test
  void otherFirstHasHadHistorysSay() {
    isDead(A);
    DialOrder order = to(B).beginningWith(C);
    assertSame(C, order.first());
    assertSame(B, order.requested());
    assertTrue(order.isReordered());
    List<InetAddress> left = list(A, B);
    assertSame(left, order.rest(list(C), left));
    assertFalse(order.beginningWith(B).isReordered());
  }

  @Test
  void onlyTheRequestedIsAskedForAndAllElseStays() {
    isDead(B);
    DialOrder only = to(A).onlyRequested();
    assertTrue(only.isRequestedOnly());
    assertTrue(only.plannedAlone().isRequestedOnly());
    assertTrue(only.beginningWith(C).isRequestedOnly());
    assertTrue(only.afterRest().isRequestedOnly());
    assertEquals(list(C, B), only.rest(list(A), list(B, C)));
  }

  @Test
  void deadAddressOfWhichNoSiblingIsKnownIsWaitedForTenMilliseconds() {
    isDead(A);
    DialOrder hasty = to(A).plannedAlone();
    assertSame(A, hasty.first());
    assertEquals(10, millis(hasty.delayAfter(A, false)));
    assertEquals(10, millis(hasty.delayAfter(A, true)));
    assertEquals(250, millis(hasty.delayAfter(B, false)), "a sibling has the whole delay");
    assertEquals(10, millis(hasty.shortestDelay()));
    assertEquals(10, millis(hasty.onlyRequested().shortestDelay()));
    DialOrder healthy = to(B).plannedAlone();
    assertEquals(250, millis(healthy.delayAfter(B, false)));
    assertEquals(100, millis(healthy.shortestDelay()));
  }

  @Test
  void whatIsKnownAloneLeavesHistoryItsSay() {
    isDead(B);
    assertEquals(list(C, B), to(A).plannedAlone().rest(list(A), list(B, C)));
    List<InetAddress> left = list(B, C);
    assertSame(left, to(A).afterRest().plannedAlone().rest(list(A), left));
  }

  @Test
  void delayThatNeverEndsIsNeverShortened() {
    wins(A, 1);
    isDead(B);
    DialOrder order = DialOrder.of(A, DialOrder.NEVER, history);
    assertEquals(DialOrder.NEVER, order.delayAfter(A, false));
    assertEquals(DialOrder.NEVER, order.delayAfter(A, true));
    DialOrder hasty = DialOrder.of(B, DialOrder.NEVER, history).plannedAlone();
    assertEquals(DialOrder.NEVER, hasty.delayAfter(B, false));
    assertEquals(DialOrder.NEVER, DialOrder.of(A, DialOrder.NEVER, null).shortestDelay());
  }

  @Test
  void withoutHistoryEachHasTheDelayThatIsSet() {
    DialOrder order = DialOrder.of(A, DELAY, null);
    assertEquals(250, millis(order.delayAfter(A, false)));
    assertEquals(250, millis(order.delayAfter(B, false)));
    assertEquals(250, millis(order.shortestDelay()));
    assertEquals(500, millis(order.delayAfter(A, true)), "it stands down for two delays");
    assertEquals(250, millis(order.delayAfter(B, true)));
  }

  /**
   * For a connect time of 400 ms history's estimate is 1,200 ms; the delay is at most twice the one
   * that is set.
   */
  @Test
  void slowRequestedHasTwiceTheDelayAndNoOtherOneMoreThanIsSet() {
    wins(A, 400);
    wins(B, 400);
    DialOrder order = to(A);
    assertEquals(500, millis(order.delayAfter(A, false)));
    assertEquals(500, millis(order.delayAfter(A, true)), "no more than two delays");
    assertEquals(250, millis(order.delayAfter(B, false)));
    DialOrder reordered = order.beginningWith(B);
    assertEquals(250, millis(reordered.delayAfter(B, false)));
    assertEquals(250, millis(reordered.delayAfter(A, false)));
    assertEquals(250, millis(reordered.delayAfter(A, true)));
  }

  @Test
  void quickAddressesHaveTheShortestDelay() {
    wins(A, 1);
    DialOrder order = to(A);
    assertEquals(100, millis(order.delayAfter(A, false)));
    assertEquals(200, millis(order.delayAfter(A, true)), "twice what is known of it");
    assertEquals(100, millis(order.delayAfter(B, false)));
    assertEquals(100, millis(order.shortestDelay()));
    assertEquals(20, millis(DialOrder.of(A, 20 * MS, history).shortestDelay()));
  }

  /** A suspect is not given two delays, even if the program seems to race by itself. */
  @Test
  void nobodyStandsDownForADeadAddress() {
    isDead(A);
    assertEquals(250, millis(to(A).delayAfter(A, true)));
    assertEquals(500, millis(to(B).delayAfter(B, true)));
  }

  @Test
  void patienceIsTenDelaysAndTimeForOneLostPacket() {
    assertEquals(2_500, millis(DialOrder.of(A, 100 * MS, null).patience()));
    assertEquals(2_500, millis(DialOrder.of(A, 250 * MS, null).patience()));
    assertEquals(3_000, millis(DialOrder.of(A, 300 * MS, null).patience()));
    assertEquals(2_500, millis(DialOrder.of(A, DialOrder.NEVER, null).patience()));
  }

  @Test
  void delayThatNeverEndsIsTheUsualOneWhereANumberIsNeeded() {
    assertEquals(250, millis(DialOrder.finite(DialOrder.NEVER)));
    assertEquals(List.of(0L, 40L), Stream.of(0L, 40L).map(DialOrder::finite).toList());
  }
}
