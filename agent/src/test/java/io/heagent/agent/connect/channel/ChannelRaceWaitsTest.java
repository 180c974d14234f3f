package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.NEVER;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Channels' races that wait for addresses or for their turn, or that prepare for a crowd. */
class ChannelRaceWaitsTest {

  @Test
  void siblingsAreDialledWhenTheLookUpHasThem() {
    ChannelRig rig = ChannelRig.selected(A).accepts(B, 30).looksUp(300, A, B).connect();
    adopts(rig, 330, B, "0 dial " + A, "300 dial " + B);
  }

  /** They are looked up at half the delay, so that they are there in time. */
  @Test
  void siblingsKnownInTimeAreDialledAfterTheDelay() {
    ChannelRig rig = ChannelRig.selected(A).accepts(B, 30).looksUp(130, A, B).connect();
    adopts(rig, 280, B, "0 dial " + A, "250 dial " + B);
  }

  /**
   * The race waits for the Resolution Delay and one delay. Then the program is told of the refusal.
   */
  @Test
  void lookUpThatHangsKeepsARefusalForSoLong() {
    ChannelRig rig = ChannelRig.selected(A).refuses(A, 20).looksUp(NEVER).connect();
    happens(
        rig,
        "0 dial " + A,
        "320 wake up",
        "320 over",
        "320 told ConnectException: Connection refused");
  }

  @Test
  void unresolvedNameIsDialledBesideTheChannelAndAdopted() {
    ChannelRig rig = ChannelRig.selected(A).accepts(B, 30).unresolved(200, B, A).connect();
    adopts(rig, 230, B, "200 dial " + B);
  }

  @Test
  void unresolvedNameThatDoesNotExistIsUnknown() {
    ChannelRig rig = ChannelRig.selected(A).unresolved(200).connect();
    happens(rig, "200 wake up", "200 over", "200 told UnknownHostException: host.example");
  }

  @Test
  void raceWithoutAPermitIsDialledWhenItsTurnHasCome() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    rig.takePermits();
    rig.network.at(400, rig::giveBackPermits);
    adopts(rig, 430, B, "0 dial " + A, "400 dial " + B);
  }

  /** Attempts that hang for a second no longer keep others from theirs. */
  @Test
  void permitsOfAttemptsThatHangCountForASecond() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    rig.takePermits();
    rig.through(1_000);
    rig.giveBackPermits();
    adopts(rig, 1030, B, "0 dial " + A, "1000 dial " + B);
  }

  @Test
  void raceThatEndsWhileItWaitsTakesNoPermit() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 300).connect();
    rig.takePermits();
    rig.network.at(400, rig::giveBackPermits);
    happens(rig, "0 dial " + A, "300 over", "300 told connected to " + A);
  }

  @Test
  void firstRaceOfAJvmLoadsWhatItNeedsAtHalfTheDelay() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.shared.cold = true;
    adopts(rig.connect(), 280, B, "0 dial " + A, "125 warm up", "250 dial " + B);
  }

  @Test
  void firstConnectThatNeedsNoRaceLoadsNothing() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 100);
    rig.shared.cold = true;
    rig.leftArmed = 1;
    happens(rig.connect(), "0 dial " + A, "100 over", "100 told connected to " + A);
  }

  @Test
  void inACrowdTheSocketIsMadeAtHalfTheDelay() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.loop.crowded = true;
    rig.connect().through(124);
    assertEquals(0, rig.network.opened);
    rig.through(125);
    assertEquals(1, rig.network.opened);
    adopts(rig, 280, B, "0 dial " + A, "250 dial " + B);
    assertEquals(1, rig.network.opened);
  }

  @Test
  void socketThatWasMadeAheadIsClosedWhereItIsNotNeeded() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 200);
    rig.loop.crowded = true;
    happens(rig.connect(), "0 dial " + A, "200 over", "200 close", "200 told connected to " + A);
    assertEquals(1, rig.network.opened);
  }

  @Test
  void noSocketIsMadeAheadWhereDescriptorsAreShort() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 200);
    rig.loop.crowded = true;
    rig.network.number = Integer.MAX_VALUE;
    happens(rig.connect(), "0 dial " + A, "125 close", "200 over", "200 told connected to " + A);
  }
}
