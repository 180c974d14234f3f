package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which address goes first. No other address comes more than one place later because of it. */
class EndpointHistoryTest {

  private final Past past = new Past();
  private int looks;
  private final List<Throwable> faults = new ArrayList<>();

  private final EndpointHistory.Surroundings surroundings =
      new EndpointHistory.Surroundings() {
        @Override
        public void look() {
          looks++;
        }

        @Override
        public void unexpected(Throwable thrown) {
          faults.add(thrown);
        }
      };

  private final EndpointHistory history =
      new EndpointHistory(past.history, surroundings, Past.HOST, Past.PORT);

  private EndpointHistory ofPast(EndpointHistory.Surroundings around, int port) {
    return past.history.endpoint(around, Past.HOST, port);
  }

  /** Every connect asks for it, and makes no object where anything is known of the name. */
  @Test
  void isKeptWithTheName() {
    assertNotSame(ofPast(surroundings, Past.PORT), ofPast(surroundings, Past.PORT));
    past.wins("A", 20);
    EndpointHistory kept = ofPast(surroundings, Past.PORT);
    assertSame(kept, ofPast(surroundings, Past.PORT));
    assertNotSame(kept, ofPast(surroundings, Past.PORT + 1));
    EndpointHistory ofOthers =
        ofPast(
            new EndpointHistory.Surroundings() {
              @Override
              public void look() {}

              @Override
              public void unexpected(Throwable thrown) {}
            },
            Past.PORT);
    ofOthers.order(list("AB"));
    assertEquals(0, looks, "those it was made for are asked");
  }

  /** What was kept before the network changed knows what is learnt afterwards. */
  @Test
  void staysRightWhenEverythingIsForgotten() {
    past.wins("A", 20);
    EndpointHistory kept = ofPast(surroundings, Past.PORT);
    past.history.networkChanged();
    assertFalse(kept.isHealthy(Past.address("A")));
    isDead("A");
    assertTrue(kept.isSuspect(Past.address("A")));
    assertTrue(kept.hasSuspects());
  }

  private static List<InetAddress> list(String names) {
    return Stream.of(names.split("")).map(Past::address).toList();
  }

  /** Silent for longer than any delay. */
  private void isDead(String name) {
    past.fails(name, FailureKind.UNANSWERED, 501);
  }

  private void assertOrder(String expected, String names) {
    assertEquals(list(expected), history.order(list(names)));
  }

  @Test
  void nothingKnownIsTheListItself() {
    List<InetAddress> list = list("AB");
    assertSame(list, history.order(list));
    past.wins("B", 20);
    assertSame(list, history.order(list));
  }

  @Test
  void lastWinnerGoesBeforeADeadFirstAndTheFirstFollows() {
    past.wins("D", 20);
    past.wins("C", 20);
    isDead("A");
    assertOrder("CABD", "ABCD");
  }

  @Test
  void anyHealthyOneGoesBeforeADeadFirst() {
    isDead("A");
    assertOrder("BAC", "ABC");
  }

  @Test
  void onlyOneIsMovedHoweverManyAreDead() {
    past.wins("D", 20);
    isDead("A");
    isDead("B");
    assertOrder("DABC", "ABCD");
  }

  @Test
  void deadSiblingLetsOneHealthyOnePass() {
    isDead("B");
    assertOrder("ACBD", "ABCD");
  }

  @Test
  void allDeadStayInTheirOrder() {
    isDead("A");
    isDead("B");
    assertOrder("AB", "AB");
  }

  /** A first failure puts an address behind for one minute. */
  @Test
  void repairedAddressIsBackAfterAMinute() {
    isDead("A");
    past.pass(59_999);
    assertOrder("BA", "AB");
    past.pass(1);
    assertOrder("AB", "AB");
  }

  @Test
  void suspectIsOneThatHasFailedLately() {
    assertFalse(history.hasSuspects());
    assertFalse(history.isSuspect(Past.address("A")), "never seen");
    past.wins("A", 20);
    assertFalse(history.hasSuspects());
    assertFalse(history.isSuspect(Past.address("A")));
    isDead("A");
    assertTrue(history.hasSuspects());
    assertTrue(history.isSuspect(Past.address("A")));
    assertFalse(history.isSuspect(Past.address("B")));
  }

  @Test
  void healthyIsOneThatHasAnsweredAndNotFailedSince() {
    InetAddress address = Past.address("A");
    assertFalse(history.isHealthy(address), "never seen");
    isDead("A");
    assertFalse(history.isHealthy(address), "never answered");
    history.won(address, 0);
    assertTrue(history.isHealthy(address), "from the very moment of its answer");
    past.pass(20);
    assertTrue(history.isHealthy(address));
    isDead("A");
    assertFalse(history.isHealthy(address));
  }

  @Test
  void lastFailureIsForgottenWithTheNextAnswer() {
    InetAddress address = Past.address("A");
    assertNull(history.lastFailure(address), "never seen");
    past.fails("A", FailureKind.REFUSED, 1);
    assertEquals(FailureKind.REFUSED, history.lastFailure(address));
    past.wins("A", 20);
    assertNull(history.lastFailure(address));
  }

  @Test
  void delayIsThatOfTheAddress() {
    past.pass(60);
    history.won(Past.address("A"), 60 * Past.MS);
    assertEquals(180 * Past.MS, history.delay(Past.address("A")));
  }

  /** On another network the knowledge counts for nothing, so each use of it has a look. */
  @Test
  void networkIsLookedAtBeforeHistoryIsUsedAndWritten() {
    history.order(list("AB"));
    assertEquals(1, looks);
    past.pass(270);
    history.record(
        list("AB"),
        List.of(
            new AttemptRecord(0, 0, 270 * Past.MS, Outcome.LOST, null),
            new AttemptRecord(1, 250 * Past.MS, 270 * Past.MS, Outcome.WON, null)));
    assertEquals(2, looks);
    assertOrder("BA", "AB");
    assertEquals(List.of(), faults);
  }

  /** A connect that has succeeded is not to fail because its history could not be written. */
  @Test
  void whatBreaksIsToldAsideAndTheConnectGoesOn() {
    past.pass(1);
    history.won(null, 1);
    history.record(List.of(), List.of(new AttemptRecord(0, 0, 1, Outcome.WON, null)));
    assertEquals(2, faults.size());
    assertTrue(faults.get(0) instanceof NullPointerException);
    assertTrue(faults.get(1) instanceof IndexOutOfBoundsException);
  }
}
