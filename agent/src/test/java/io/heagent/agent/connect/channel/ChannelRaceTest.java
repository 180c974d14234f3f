package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.C;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.coordination.ConnectOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The outcomes of a race of a channel in a selector, to the millisecond, and in which order all is
 * told: "over" is when the program's next connect may know of it.
 */
class ChannelRaceTest {

  private static final String ALL_REFUSED =
      "told ConnectException: Connection refused: host.example:443 (3 addresses tried: 192.0.2.1"
          + " refused after 20 ms; 192.0.2.2 refused after 30 ms; 192.0.2.3 refused after 5 ms)";

  @Test
  void requestedAddressThatAnswersIsAllThatIsDialled() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 30).accepts(B, 1).connect();
    happens(rig, "0 dial " + A, "30 over", "30 told connected to " + A);
    assertEquals(ConnectOutcome.CONNECTED, rig.outcome);
  }

  /** The connect call never returns true, because some programs wait for the event. */
  @Test
  void connectionThatStandsAtOnceIsToldByItsEvent() {
    ChannelRig rig = ChannelRig.selected("127.0.0.1", "127.0.0.2").accepts("127.0.0.1", 0);
    assertEquals("pending", rig.begin());
    assertNull(rig.race(), "nothing is held back any more");
    assertEquals(ConnectOutcome.CONNECTED, rig.outcome);
    rig.await();
    happens(rig, "0 dial 127.0.0.1", "0 over", "0 told connected to 127.0.0.1");
  }

  @Test
  void siblingIsDialledAfterTheDelayAndAdopted() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    adopts(rig, 280, B, "0 dial " + A, "250 dial " + B);
    assertEquals(ConnectOutcome.CONNECTED, rig.outcome);
  }

  @Test
  void nextIsDialledAsSoonAsTheRequestedHasRefused() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).accepts(B, 30).connect();
    adopts(rig, 50, B, "0 dial " + A, "20 dial " + B);
  }

  @Test
  void refusalOfThisHostCostsNothing() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 0).accepts(B, 30).connect();
    adopts(rig, 30, B, "0 dial " + A, "0 dial " + B);
  }

  /** The selector that is to tell it is woken up before the books are kept. */
  @Test
  void whenAllHaveRefusedTheFailureNamesThemAll() {
    ChannelRig rig =
        ChannelRig.selected(A, B, C).refuses(A, 20).refuses(B, 30).refuses(C, 5).connect();
    happens(
        rig,
        "0 dial " + A,
        "20 dial " + B,
        "50 close " + B,
        "50 dial " + C,
        "55 close " + C,
        "55 wake up",
        "55 over",
        "55 " + ALL_REFUSED);
    assertEquals(List.of(Ip.of(A), Ip.of(B), Ip.of(C)), rig.outcome.tried());
    assertTrue(rig.outcome.unanswered().isEmpty());
  }

  @Test
  void theOneAddressIsToldAsWithoutTheAgent() {
    ChannelRig rig = ChannelRig.selected(A).refuses(A, 20).connect();
    happens(
        rig,
        "0 dial " + A,
        "20 wake up",
        "20 over",
        "20 told ConnectException: Connection refused");
  }

  @Test
  void requestedAddressThatAnswersLateStillWins() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 260).connect();
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "260 over",
        "260 close " + B,
        "260 told connected to " + A);
  }

  /** The loop asks the channel's own descriptor first. */
  @Test
  void requestedAddressIsPreferredWhereBothAnswerAtOnce() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 280).accepts(B, 30);
    rig.begin();
    rig.through(280).await();
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "280 over",
        "280 close " + B,
        "280 told connected to " + A);
  }

  /** Ten delays after the last dial the refusal is told, and the silent one is given up. */
  @Test
  void refusedAndSilentEndsTenDelaysAfterTheLastDial() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).connect();
    happens(
        rig,
        "0 dial " + A,
        "20 dial " + B,
        "2520 close " + B,
        "2520 wake up",
        "2520 over",
        "2520 told ConnectException: Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 20 ms; 192.0.2.2 timed out after 2500 ms)");
  }

  @Test
  void addressThatGoesBeforeTheRequestedIsFollowedByThat() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 30);
    rig.call().follow(rig.call().order().beginningWith(Ip.of(B)));
    adopts(rig.connect(), 280, A, "0 dial " + B, "250 dial " + A);
  }

  @Test
  void racingClientHasItsOneAddress() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 9_000).accepts(B, 1);
    Calls.alone(rig.call());
    happens(rig.connect(), "0 dial " + A, "9000 over", "9000 told connected to " + A);
  }

  @Test
  void racingClientHasItsAddressEvenWhereAnotherGoesFirst() {
    ChannelRig rig = ChannelRig.selected(A, B, C).accepts(A, 500).accepts(C, 1);
    rig.call().follow(rig.call().order().beginningWith(Ip.of(B)).onlyRequested());
    adopts(rig.connect(), 750, A, "0 dial " + B, "250 dial " + A);
  }

  @Test
  void withoutADelayOnlyAFailureIsFollowed() {
    ChannelRig rig =
        ChannelRig.ruled(ChannelRig.NEVER, 6, A, B).refuses(A, 5_000).accepts(B, 30).connect();
    adopts(rig, 5030, B, "0 dial " + A, "5000 dial " + B);
  }

  /**
   * The attempt on the channel's own descriptor is the oldest. Once it is dropped, its events count
   * no more.
   */
  @Test
  void oldestIsDroppedForTheNextWhereTooManyAreInFlight() {
    ChannelRig rig = ChannelRig.ruled(250, 2, A, B, C).accepts(A, 600).accepts(C, 200).connect();
    adopts(rig, 700, C, "0 dial " + A, "250 dial " + B, "500 dial " + C, "700 close " + B);
  }

  /** The system still waits for an answer: who polls the descriptor is to come and ask. */
  @Test
  void channelsOwnThatWasDroppedIsGivenUpAtTheEnd() {
    ChannelRig rig = ChannelRig.ruled(250, 1, A, B).refuses(B, 30).connect();
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "280 close " + B,
        "280 end " + A,
        "280 wake up",
        "280 over",
        "280 told ConnectException: Connection timed out: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 dropped for a later address after 250 ms; 192.0.2.2 refused after 30"
            + " ms)");
  }

  /** B's first packet is lost, and the system sends it again after a second. */
  @Test
  void siblingWhosePacketIsLostIsWaitedForAfterARefusal() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).accepts(B, 1_030);
    adopts(rig.connect(), 1_050, B, "0 dial " + A, "20 dial " + B);
  }
}
