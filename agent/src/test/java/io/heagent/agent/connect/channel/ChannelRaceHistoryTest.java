package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What channels' races remember of addresses, and what they do with it. */
class ChannelRaceHistoryTest {

  private final Remembered remembered = new Remembered();

  private ChannelRig to(String... addresses) {
    // It knows nothing of the time before it began.
    remembered.pass(10_000);
    ChannelRig rig = ChannelRig.selected(addresses);
    rig.request.history(remembered.history);
    return rig;
  }

  private boolean isSuspect(String address) {
    return remembered.history.isSuspect(Ip.of(address));
  }

  @Test
  void addressThatAnswersWithoutARaceIsRememberedWithItsTime() {
    to(A, B).accepts(A, 120).connect().through(1_000);
    Remembered other = new Remembered();
    other.pass(10_000);
    other.wins(A, 120);
    assertEquals(other.history.delay(Ip.of(A)), remembered.history.delay(Ip.of(A)));
  }

  @Test
  void addressThatWasSilentIsSuspectAfterARaceThatAnotherHasWon() {
    to(A, B).accepts(B, 400).connect().through(1_000);
    assertTrue(isSuspect(A));
    assertFalse(isSuspect(B));
  }

  @Test
  void addressThatHadNoTimeToAnswerIsNotSuspectForHavingLost() {
    to(A, B).accepts(A, 300).connect().through(1_000);
    assertFalse(isSuspect(B), "50 ms are no silence");
    assertTrue(remembered.history.isHealthy(Ip.of(A)), "it has won");
  }

  @Test
  void closeOfTheProgramsSaysNothingOfAnAddress() {
    to(A, B).closes(300).connect().through(1_000);
    assertFalse(isSuspect(A));
    assertFalse(isSuspect(B));
  }

  /** A slow address that is known as such has up to two delays. */
  @Test
  void addressKnownToAnswerLateHasMoreTime() {
    remembered.wins(A, 300);
    long delay = Remembered.millis(remembered.history.delay(Ip.of(A)));
    assertTrue(delay > 250, () -> "" + delay);
    ChannelRig rig = to(A, B).accepts(B, 30).connect();
    rig.through(delay - 1);
    assertEquals(0, rig.network.opened);
    rig.through(delay + 1);
    assertEquals(1, rig.network.opened);
  }

  /** It is looked up, so nothing but the address is known: the next follows at once. */
  @Test
  void siblingsThatMustBeLookedUpFollowADeadAddressSoon() {
    remembered.isDead(A);
    ChannelRig rig = ChannelRig.selected(A).looksUp(20, A, B);
    rig.request.history(remembered.history);
    rig.call().follow(rig.call().order().plannedAlone());
    rig.accepts(B, 30);
    adopts(rig.connect(), 50, B, "0 dial " + A, "20 dial " + B);
  }

  /** Where winners are dialled again, a sibling that goes first is dialled once. */
  @Test
  void redialledTooAHealthySiblingIsDialledInPlaceOfADeadAddress() {
    remembered.isDead(A);
    remembered.wins(B, 30);
    for (ChannelRig rig : List.of(ChannelRig.redialled(A, B), ChannelRig.asyncRedialled(A, B))) {
      rig.request.history(remembered.history);
      Calls.planned(rig.call());
      rig.accepts(B, 30);
      happens(rig.connect(), "0 dial " + B, "30 over", "30 told connected to " + B);
    }
  }

  @Test
  void brokenAddressIsCountedByARaceThatAnotherHasWon() {
    ChannelRig rig = to(A, B).refuses(A, 20).accepts(B, 30);
    failedBefore(rig, 2);
    rig.connect().through(1_000);
    assertEquals(List.of(A), rig.shared.brokenPaths().broken(rig.network.now()));
  }

  @Test
  void addressThatAnswersAloneIsNotBrokenAnyMore() {
    ChannelRig rig = to(A, B).accepts(A, 20);
    failedBefore(rig, 3);
    assertEquals(List.of(A), rig.shared.brokenPaths().broken(rig.network.now()));
    rig.connect().through(1_000);
    assertEquals(List.of(), rig.shared.brokenPaths().broken(rig.network.now()));
  }

  /** A has failed so often, ten minutes apart, while B answered. */
  private static void failedBefore(ChannelRig rig, int times) {
    for (int i = times; i > 0; i--) {
      long at = rig.network.now() - i * 600_000_000_000L;
      AttemptRecord failed =
          new AttemptRecord(0, at, at, Outcome.FAILED, new ConnectException("refused"));
      AttemptRecord won = new AttemptRecord(1, at, at, Outcome.WON, null);
      rig.shared.brokenPaths().ended("host.example", 443, Ip.list(A, B), List.of(failed, won), at);
    }
  }

  /** Otherwise a permit would be kept for a race that is over. */
  @Test
  void raceThatIsClosedBeforeItsTurnLeavesTheRow() {
    ChannelRig rig = to(A, B).closes(300).connect();
    rig.takePermits();
    rig.network.at(400, rig::giveBackPermits);
    rig.through(410);
    assertEquals(List.of("0 dial " + A, "300 close", "300 over"), rig.network.log);
    rig.checkNothingIsLeft("after its end");
  }
}
