package io.heagent.agent.connect.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.engine.order.DialOrder;
import io.nats.client.support.HappyEyeballsConnector;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connect begins with, what follows, and after how long. */
class DialPlannerTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final String C = "192.0.2.3";

  private final Remembered past = new Remembered();

  private static List<InetAddress> dialled(ConnectCall call) {
    List<InetAddress> all = new ArrayList<>();
    all.add(call.remote().getAddress());
    CandidateSource source = Calls.source(call);
    assertTrue(source.isKnown());
    for (InetAddress next; (next = source.next()) != null; ) {
      all.add(next);
    }
    return all;
  }

  @Test
  void withoutHistoryTheRequestedGoesFirst() {
    past.isDead(A);
    ConnectCall call = Calls.planned(Calls.to(A).known(Ip.all(A, B, C)).call());
    assertEquals(Ip.list(A, B, C), dialled(call));
    assertEquals(250, Remembered.millis(call.delayAfter(Ip.of(A))));
    assertEquals(250, Remembered.millis(call.order().shortestDelay()));
  }

  @Test
  void healthyRequestedGoesFirstWhoeverWonLast() {
    past.wins(B, 20);
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    Calls.planned(call);
    assertFalse(call.isReordered());
    assertEquals(Ip.list(A, B, C), dialled(call));
  }

  @Test
  void deadRequestedFollowsTheLastWinner() {
    past.wins(C, 20);
    past.isDead(A);
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    Calls.planned(call);
    assertTrue(call.isReordered());
    assertEquals(Ip.of(A), call.requested());
    assertEquals(Ip.list(C, A, B), dialled(call));
  }

  /** An address that the program may have vetted never leads to a more private one. */
  @Test
  void morePrivateWinnerDoesNotGoFirst() {
    past.wins("10.0.0.1", 20);
    past.isDead("1.1.1.1");
    ConnectCall call = past.call("1.1.1.1", Ip.all("1.1.1.1", "10.0.0.1", "8.8.8.8"));
    Calls.planned(call);
    assertEquals(Ip.list("8.8.8.8", "1.1.1.1"), dialled(call));
  }

  @Test
  void addressThatIsNotOneOfTheNameStaysAlone() {
    past.wins(C, 20);
    past.isDead(A);
    ConnectCall call = past.call(A, Ip.all(B, C));
    Calls.planned(call);
    assertFalse(call.isReordered());
    assertEquals(Ip.list(A), dialled(call));
  }

  /** A program that races by itself: exactly the address it has asked for, dead or not. */
  @Test
  void standingDownLeavesTheRequestedOnly() {
    past.wins(C, 20);
    past.isDead(A);
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    Calls.planned(call);
    Calls.alone(call);
    assertEquals(Ip.list(C, A), dialled(call));
  }

  /** A program that races by itself means the address that it asks for, dead or not. */
  @Test
  void aProgramThatRacesByItselfBeginsWithItsOwn() {
    past.wins(C, 20);
    past.isDead(A);
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    HappyEyeballsConnector.ask(
        () -> {
          Calls.planned(call);
          return true;
        });
    assertTrue(call.isRequestedOnly());
    assertEquals(Ip.list(A), dialled(call));
  }

  /**
   * The stack is looked at only if another address would go first: a trace costs more than a race.
   */
  @Test
  void noStackIsLookedAtWhereTheRequestedGoesFirst() {
    past.isDead(B);
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    HappyEyeballsConnector.ask(
        () -> {
          Calls.planned(call);
          return true;
        });
    assertFalse(call.isRequestedOnly());
    assertFalse(call.isReordered());
  }

  @Test
  void siblingsFoundLaterAreOrderedToo() {
    past.isDead(B);
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    assertEquals(Ip.list(A, C, B), dialled(call));
  }

  /**
   * If no other address is known yet, the dead one is dialled first, but the race does not wait for
   * it.
   */
  @Test
  void deadRequestedWithUnknownSiblingsIsHasty() {
    past.isDead(A);
    ConnectCall call = past.unknown(A);
    Calls.planned(call);
    assertEquals(10, Remembered.millis(call.delayAfter(Ip.of(A))));
    assertEquals(10, Remembered.millis(call.order().shortestDelay()));
    assertEquals(250, Remembered.millis(call.delayAfter(Ip.of(B))));
    ConnectCall healthy = past.unknown(B);
    Calls.planned(healthy);
    assertEquals(100, Remembered.millis(healthy.order().shortestDelay()));
  }

  @Test
  void quickAddressesHaveTheShortestDelay() {
    past.wins(A, 1);
    ConnectCall call = past.call(A, Ip.all(A, B));
    assertEquals(100, Remembered.millis(call.delayAfter(Ip.of(A))));
    assertEquals(100, Remembered.millis(call.delayAfter(Ip.of(B))), "by all of the process");
    assertEquals(100, Remembered.millis(call.order().shortestDelay()));
  }

  /**
   * An address that answers after 400 ms, with its variation, would get 1,200 ms; it gets at most
   * twice the delay that is set.
   */
  @Test
  void slowRequestedHasTwiceTheDelayAndEverybodyElseNoMoreThanIsSet() {
    past.wins(A, 400);
    past.wins(B, 400);
    ConnectCall call = past.call(A, Ip.all(A, B));
    Calls.planned(call);
    assertEquals(500, Remembered.millis(call.delayAfter(Ip.of(A))));
    assertEquals(250, Remembered.millis(call.delayAfter(Ip.of(B))));
    past.isDead(A);
    ConnectCall reordered = past.call(A, Ip.all(A, B));
    Calls.planned(reordered);
    assertTrue(reordered.order().isReordered());
    assertEquals(250, Remembered.millis(reordered.delayAfter(Ip.of(B))));
    assertEquals(250, Remembered.millis(reordered.delayAfter(Ip.of(A))));
  }

  /** A name that was not resolved: the first address found is as good as one that was chosen. */
  @Test
  void deadFirstAddressOfANameThatWasNotResolvedFollowsTheLastWinner() {
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    List<InetAddress> found = Ip.list(A, B, C);
    past.wins(C, 20);
    DialOrder asFound = call.order();
    assertSame(asFound, DialPlanner.plan(asFound, found, true, Calls.rules(call)));
    past.isDead(A);
    DialOrder order = DialPlanner.plan(asFound, found, true, Calls.rules(call));
    assertTrue(order.isReordered());
    assertEquals(Ip.of(C), order.first());
  }

  @Test
  void planThatFailsLeavesTheRequestedFirst() {
    ConnectCall call = past.call(A, Ip.all(A, B, C));
    past.wins(C, 20);
    past.isDead(A);
    DialOrder asFound = call.order();
    assertSame(asFound, DialPlanner.plan(asFound, null, true, Calls.rules(call)));
  }

  @Test
  void planIsAskedForWhereARuleOrASuspectMayChangeTheOrder() {
    ConnectCall asked =
        Calls.to(A).rule(Calls.rfc6724()).history(past.history).known(Ip.all(A, B)).call();
    assertTrue(DialPlanner.isDue(asked.request, past.history));
    ConnectCall plain = past.call(A, Ip.all(A, B));
    assertFalse(DialPlanner.isDue(plain.request, past.history));
    past.isDead(A);
    assertTrue(DialPlanner.isDue(plain.request, past.history));
    assertFalse(DialPlanner.isDue(plain.request, null));
  }
}
