package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
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
}
