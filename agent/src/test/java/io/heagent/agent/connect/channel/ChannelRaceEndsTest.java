package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnding;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.selector.FakeKey;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Stderr;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Races of channels that the program closes, asks by itself, or leaves its selector with. */
class ChannelRaceEndsTest {

  private static final String REFUSED_BOTH =
      "told ConnectException: Connection refused: host.example:443 (2 addresses tried: 192.0.2.1"
          + " refused after 20 ms; 192.0.2.2 refused after 30 ms)";

  private static final RaceEntries NO_ENTRIES =
      new RaceEntries() {
        @Override
        public Runnable step() {
          return () -> {};
        }

        @Override
        public Runnable due() {
          return () -> {};
        }

        @Override
        public Runnable ready(FallbackAttempt attempt) {
          return () -> {};
        }

        @Override
        public Runnable connected(FallbackAttempt attempt) {
          return () -> {};
        }

        @Override
        public Runnable preload() {
          return () -> {};
        }
      };

  private static final ChannelFallback.Listener NOBODY =
      new ChannelFallback.Listener() {
        @Override
        public void won(DescriptorAttempt winner) {
          throw new AssertionError("has won");
        }

        @Override
        public void failed() {
          throw new AssertionError("has failed");
        }

        @Override
        public void dropped(DescriptorAttempt attempt) {
          throw new AssertionError("was dropped");
        }
      };

  @Test
  void closeBeforeTheDelayLeavesNothingToDo() {
    ChannelRig rig = ChannelRig.selected(A, B).closes(100).connect();
    happens(rig, "0 dial " + A, "100 close", "100 over");
    assertTrue(rig.outcome.closed());
    assertEquals(List.of(Ip.of(A)), rig.outcome.tried());
    assertEquals(Map.of(Ip.of(A), 100_000_000L), rig.outcome.unanswered());
  }

  @Test
  void closeEndsWhatIsUnderWay() {
    ChannelRig rig = ChannelRig.selected(A, B).closes(260).connect();
    happens(rig, "0 dial " + A, "250 dial " + B, "260 close", "260 close " + B, "260 over");
    assertTrue(rig.outcome.closed());
    assertEquals(Map.of(Ip.of(A), 260_000_000L, Ip.of(B), 10_000_000L), rig.outcome.unanswered());
  }

  /** The race sees the close at its next step. */
  @Test
  void closeThatNobodyHasToldOfEndsItToo() {
    ChannelRig rig = ChannelRig.selected(A, B).connect();
    rig.network.at(100, rig.socket::close);
    happens(rig, "0 dial " + A, "250 over");
    assertTrue(rig.outcome.closed());
  }

  @Test
  void winnerOfAChannelThatWasClosedIsNobodys() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    rig.network.at(280, () -> rig.socket.closeWhenAdopted = true);
    happens(rig, "0 dial " + A, "250 dial " + B, "280 close " + B, "280 over");
  }

  /**
   * A channel of a library may only seem to be closed. The system, which has told the failure
   * already, would answer that the descriptor is connected.
   */
  @Test
  void whoeverAsksAfterTheCloseIsToldWhatHasFailed() {
    ChannelRig rig = ChannelRig.async(A, B).refuses(A, 20).accepts(B, 30).connect();
    ChannelRaceRegistry.Race race = rig.race();
    rig.network.at(40, () -> rig.socket.closeWhenAdopted = true);
    happens(rig, "0 dial " + A, "20 dial " + B, "50 close " + B, "50 over");
    assertThrows(ConnectException.class, race::pollOrWait);
  }

  /** A timeout of the program's own: its next connect may be under way already. */
  @Test
  void closeInPlaceOfAskingIsAClose() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).refuses(B, 30);
    rig.begin();
    rig.closes(400);
    happens(rig, "0 dial " + A, "250 dial " + B, "280 close " + B, "400 close", "400 over");
    assertTrue(rig.outcome.closed());
    assertEquals(List.of(Ip.of(A), Ip.of(B)), rig.outcome.tried());
  }

  @Test
  void failureThatIsPickedUpIsNoClose() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).refuses(B, 30).connect();
    rig.through(60_000);
    assertFalse(rig.outcome.closed());
  }

  /** A program without a selector asks in a loop, and with that moves its race on. */
  @Test
  void whoAsksFindsTheFailureAndHasTheNextDialled() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 20).refuses(B, 30);
    rig.begin();
    assertEquals("still pending", rig.through(19).ask());
    assertEquals("still pending", rig.through(20).ask());
    assertEquals("still pending", rig.through(49).ask());
    assertEquals(REFUSED_BOTH, rig.through(50).ask());
    happens(rig, "0 dial " + A, "20 dial " + B, "50 close " + B, "50 over");
  }

  @Test
  void whoAsksFindsTheConnection() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 30);
    rig.begin();
    assertEquals("still pending", rig.ask());
    assertEquals("told connected to " + A, rig.through(30).ask());
    happens(rig, "0 dial " + A, "30 over");
  }

  /** It waits for the answer, and looks every 5 ms. */
  @Test
  void channelThatWasMadeBlockingWaitsInFinishConnect() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.begin();
    rig.socket.nonBlocking = false;
    assertEquals("told connected to " + B, rig.ask());
    assertEquals(280, rig.network.ms());
    assertTrue(rig.network.isBlocking(rig.socket.descriptor), "as the program has configured it");
    happens(rig, "0 dial " + A, "250 dial " + B, "280 adopt " + B, "280 close " + B, "280 over");
  }

  /** The JDK has configured it already, and what it has dialled itself is still there. */
  @Test
  void channelThatConnectsItselfIsLeftAsItIs() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(A, 30);
    rig.begin();
    rig.socket.nonBlocking = false;
    assertEquals("told connected to " + A, rig.ask());
    assertFalse(rig.network.isBlocking(rig.socket.descriptor));
  }

  /** The JDK keeps such a descriptor non-blocking, whatever the program configures. */
  @Test
  void channelOfAVirtualThreadStaysNonBlocking() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.begin();
    rig.socket.nonBlocking = false;
    rig.socket.blockingDescriptor = false;
    assertEquals("told connected to " + B, rig.ask());
    assertFalse(rig.network.isBlocking(rig.socket.descriptor));
  }

  /** Between two event loops: nobody is woken up, and the next loop finds the outcome. */
  @Test
  void channelThatHasLeftItsSelectorIsServedInTheNext() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.begin();
    FakeKey left = rig.await();
    rig.network.at(
        100,
        () -> {
          left.cancel();
          rig.socket.keys.clear();
        });
    rig.network.at(300, rig::await);
    adopts(rig, 280, 300, B, "0 dial " + A, "250 dial " + B);
  }

  /** A key may be cancelled and not yet be gone. */
  @Test
  void cancelledKeyIsNotWokenUp() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.begin();
    FakeKey left = rig.await();
    rig.network.at(100, left::cancel);
    rig.network.at(300, rig::await);
    adopts(rig, 280, 300, B, "0 dial " + A, "250 dial " + B);
  }

  @Test
  void keyOfASelectorThatIsClosedIsForgotten() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30).connect();
    rig.network.at(100, rig.selector::close);
    rig.network.at(300, rig::finishConnect);
    adopts(rig, 280, 300, B, "0 dial " + A, "250 dial " + B);
  }

  /** A key without interest is not woken up. It gets the outcome once it has some. */
  @Test
  void keyWithoutInterestIsServedOnceItHasSome() {
    ChannelRig rig = ChannelRig.selected(A, B).accepts(B, 30);
    rig.begin();
    FakeKey key = rig.await();
    rig.network.at(100, () -> key.interestOps(0));
    rig.network.at(
        300,
        () -> {
          key.interestOps(FakeKey.OP_CONNECT);
          rig.selector.pass();
        });
    adopts(rig, 280, 300, B, "0 dial " + A, "250 dial " + B);
  }

  /** Registered after the refusal was seen: it is held, and told with the others. */
  @Test
  void keyThatComesDuringTheHoldIsToldOfItsEnd() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 0).accepts(B, 30);
    rig.begin();
    rig.network.at(10, rig::await);
    adopts(rig, 30, B, "0 dial " + A, "0 dial " + B);
  }

  /** Nobody would close them, nor give their permits back. */
  @Test
  void attemptsAreClosedEvenIfTheBooksCannotBeKept() {
    ChannelRig rig = ChannelRig.selected(A, B);
    PrimaryDescriptor undialled =
        new PrimaryDescriptor(rig.call(), null, rig.socket.descriptor, rig.network);
    ChannelRaceState state =
        new ChannelRaceState(
            rig.call(),
            undialled,
            rig.environment,
            new OutcomeDelivery(rig.call(), undialled, rig.environment),
            0);
    ChannelFallback fallback =
        new ChannelFallback(rig.call(), 0, undialled, rig.environment, NO_ENTRIES, NOBODY);
    state.open(fallback);
    rig.loop.execute(fallback::proceed);
    rig.through(10);
    assertEquals(1, rig.network.opened);
    long faults = Faults.count();
    Stderr stderr = new Stderr();
    // It cannot have won, so there is no address to note.
    state.end(RaceEnding.Phase.WON_BY_PRIMARY);
    stderr.close();
    assertEquals(faults + 2, Faults.count(), "one to tell the address, one to note it");
    assertEquals(1, rig.network.closed);
  }
}
