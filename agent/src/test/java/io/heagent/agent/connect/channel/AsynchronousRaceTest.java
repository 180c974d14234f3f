package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Ip;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The outcomes of an asynchronous channel's race, whose group polls once for each event. */
class AsynchronousRaceTest {

  @Test
  void requestedAddressThatAnswersIsAllThatIsDialled() {
    ChannelRig rig = ChannelRig.async(A, B).accepts(A, 30).accepts(B, 1).connect();
    happens(rig, "0 dial " + A, "30 over", "30 told connected to " + A);
  }

  @Test
  void siblingIsAdoptedAndTheGroupPollsForIt() {
    ChannelRig rig = ChannelRig.async(A, B).accepts(B, 30).connect();
    adopts(rig, 280, B, "0 dial " + A, "250 dial " + B);
  }

  @Test
  void nextIsDialledAsSoonAsTheRequestedHasRefused() {
    ChannelRig rig = ChannelRig.async(A, B).refuses(A, 20).accepts(B, 30).connect();
    adopts(rig, 50, B, "0 dial " + A, "20 dial " + B);
  }

  @Test
  void refusalWithinTheDialIsFollowedAtOnce() {
    ChannelRig rig = ChannelRig.async(A, B).refuses(A, 0).accepts(B, 30).connect();
    adopts(rig, 30, B, "0 dial " + A, "0 dial " + B);
  }

  /** A silent address leaves a delay for that, and one that answers needs none of the classes. */
  @Test
  void classesAreLoadedAheadAfterARefusalOnly() {
    assertTrue(loadedAhead(ChannelRig.async(A, B).refuses(A, 0).accepts(B, 30)));
    assertTrue(loadedAhead(ChannelRig.async(A, B).refuses(A, 20).accepts(B, 30)));
    assertFalse(loadedAhead(ChannelRig.async(A, B).accepts(A, 30)));
    assertFalse(loadedAhead(ChannelRig.async(A, B).accepts(A, 0)));
  }

  private static boolean loadedAhead(ChannelRig rig) {
    rig.connect().through(100);
    return rig.shared.loadedAhead > 0;
  }

  @Test
  void whenAllHaveRefusedTheFailureNamesThemAll() {
    ChannelRig rig = ChannelRig.async(A, B).refuses(A, 20).refuses(B, 30).connect();
    happens(
        rig,
        "0 dial " + A,
        "20 dial " + B,
        "50 close " + B,
        "50 over",
        "50 told ConnectException: Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 20 ms; 192.0.2.2 refused after 30 ms)");
  }

  @Test
  void requestedAddressThatAnswersLateStillWins() {
    ChannelRig rig = ChannelRig.async(A, B).accepts(A, 260).connect();
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "260 over",
        "260 close " + B,
        "260 told connected to " + A);
  }

  /** The group polls once for an event, so it has to poll again. */
  @Test
  void eventThatSaysNothingIsFollowedByAnother() {
    ChannelRig rig = ChannelRig.async(A, B).accepts(A, 30).connect();
    rig.through(10);
    assertTrue(rig.environment.isSwallowed(rig.socket.descriptor, null, false));
    happens(rig, "0 dial " + A, "30 over", "30 told connected to " + A);
  }

  @Test
  void closeEndsTheRace() {
    ChannelRig rig = ChannelRig.async(A, B).closes(260).connect();
    happens(rig, "0 dial " + A, "250 dial " + B, "260 close", "260 close " + B, "260 over");
    assertTrue(rig.outcome.closed());
    assertEquals(List.of(Ip.of(A), Ip.of(B)), rig.outcome.tried());
  }

  /** If the loop cannot go on with the race, the program's own thread ends it. */
  @Test
  void groupPollsWhereTheLoopIsGone() {
    ChannelRig rig = ChannelRig.async(A, B).refuses(A, 20).connect();
    rig.takePermits();
    rig.network.at(30, () -> rig.loop.broken = new IllegalStateException("no thread"));
    rig.network.at(40, rig::giveBackPermits);
    happens(rig, "0 dial " + A, "40 over", "40 told ConnectException: Connection refused");
  }
}
