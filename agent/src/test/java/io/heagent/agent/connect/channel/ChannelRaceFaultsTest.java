package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.C;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.fake.Remembered;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/** Channels' races that lack something: the program has what it has without the agent. */
class ChannelRaceFaultsTest {

  private static void breakLoop(ChannelRig rig) {
    rig.loop.broken = new IllegalStateException("no thread");
  }

  @Test
  void withoutALoopTheConnectGoesOnAlone() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 400).accepts(B, 1);
    breakLoop(rig);
    happens(rig.connect(), "0 dial " + A, "0 over", "400 told connected to " + A);
  }

  @Test
  void withoutALoopARefusalWithinTheDialIsToldAtOnce() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 0);
    breakLoop(rig);
    assertEquals("told ConnectException: Connection refused", rig.begin());
    happens(rig, "0 dial " + A, "0 over");
  }

  /** Nothing has been dialled, so no event would ever come. */
  @Test
  void withoutALoopAnUnresolvedNameIsUnknown() {
    ChannelRig rig = ChannelRig.selected(A, B).unresolved(200, A, B);
    breakLoop(rig);
    assertEquals("told UnknownHostException: host.example", rig.begin());
    happens(rig, "0 over");
  }

  @Test
  void refusalIsShownWhereTheLoopIsGoneByThen() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).connect();
    rig.network.at(10, () -> breakLoop(rig));
    happens(
        rig,
        "0 dial " + A,
        "20 wake up",
        "20 over",
        "20 told ConnectException: Connection refused");
  }

  @Test
  void bookThatCannotBeKeptTakesNobodysOutcome() {
    ChannelRig alone = withHistoryUntil(20, ChannelRig.selected(A, B).accepts(A, 30));
    happens(alone.connect(), "0 dial " + A, "30 over", "30 told connected to " + A);
    ChannelRig raced = withHistoryUntil(270, ChannelRig.selected(A, B).accepts(B, 30));
    adopts(raced.connect(), 280, B, "0 dial " + A, "250 dial " + B);
    ChannelRig failed = withHistoryUntil(35, ChannelRig.selected(A, B).refuses(A, 20));
    failed.refuses(B, 30).connect().through(60_000);
    assertEquals(ConnectException.class, failed.failure.getClass());
  }

  private static ChannelRig withHistoryUntil(long ms, ChannelRig rig) {
    Remembered remembered = new Remembered();
    rig.request.history(remembered.history);
    rig.network.at(ms, remembered::breaks);
    return rig;
  }

  /**
   * A race that waits for its turn is told of it while the loop cannot be had. The first wake-up
   * has the program's thread come and end the race, the second is that of any race's end.
   */
  @Test
  void programEndsTheRaceThatNobodyElseGoesOnWith() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).connect();
    rig.takePermits();
    rig.network.at(30, () -> breakLoop(rig));
    rig.network.at(40, rig::giveBackPermits);
    happens(
        rig,
        "0 dial " + A,
        "40 wake up",
        "40 wake up",
        "40 over",
        "40 told ConnectException: Connection refused");
  }

  /** Its events were held from when the sibling had won, so its selector looks at it again. */
  @Test
  void pendingConnectGoesOnAloneWhereAWinnerCannotBeAdopted() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 400).accepts(B, 30).connect();
    rig.network.noDuplicate = new IOException("dup2");
    happens(
        rig,
        "0 dial " + A,
        "250 dial " + B,
        "280 close " + B,
        "280 over",
        "280 wake up",
        "400 told connected to " + A);
  }

  @Test
  void failureIsToldWhereAWinnerCannotBeAdoptedAndTheFirstHasRefused() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).accepts(B, 30).connect();
    rig.network.noDuplicate = new IOException("dup2");
    happens(
        rig,
        "0 dial " + A,
        "20 dial " + B,
        "50 close " + B,
        "50 wake up",
        "50 over",
        "50 told ConnectException: Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 20 ms; 192.0.2.2 connected after 30 ms)");
  }

  @Test
  void withoutDescriptorsTheFirstIsStillWaitedFor() {
    ChannelRig rig = ChannelRig.selected(A, B, C).accepts(A, 400).connect();
    rig.network.noDescriptor = new IOException("Too many open files");
    happens(rig, "0 dial " + A, "400 over", "400 told connected to " + A);
  }

  @Test
  void withoutDescriptorsTheFailureSaysSo() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).connect();
    rig.network.noDescriptor = new IOException("Too many open files");
    happens(
        rig,
        "0 dial " + A,
        "20 wake up",
        "20 over",
        "20 told ConnectException: Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 20 ms; 192.0.2.2 failed (Too many open files) after 0 ms)");
  }

  /** Telling fails for a while: it is tried again at once, and then every 50 ms. */
  @Test
  void outcomeIsToldAsSoonAsThatIsPossibleAgain() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).refuses(B, 30);
    rig.network.at(45, () -> rig.failuresToTell = 4);
    rig.connect();
    happens(
        rig,
        "0 dial " + A,
        "20 dial " + B,
        "50 close " + B,
        "200 wake up",
        "200 over",
        "200 told ConnectException: Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 20 ms; 192.0.2.2 refused after 30 ms)");
  }

  @Test
  void nobodyInsistsOnceTheProgramHasClosedTheChannel() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).refuses(B, 30);
    rig.network.at(45, () -> rig.failuresToTell = 3);
    rig.network.at(70, rig::close);
    rig.leftArmed = 1;
    rig.connect();
    happens(rig, "0 dial " + A, "20 dial " + B, "50 close " + B, "70 close", "70 over");
    assertEquals(1, rig.failuresToTell, "two tries, and none after the close");
  }

  /** B cannot be dialled for lack of memory, and nobody's handler is told of it. */
  @Test
  void faultOnTheLoopsThreadLeavesTheConnectToItself() {
    ChannelRig rig = ChannelRig.selected(A, B, C).accepts(A, 400).accepts(B, 1).connect();
    rig.network.faultToConnect = new OutOfMemoryError("a test's");
    happens(rig, "0 dial " + A, "250 close", "250 over", "400 told connected to " + A);
  }
}
