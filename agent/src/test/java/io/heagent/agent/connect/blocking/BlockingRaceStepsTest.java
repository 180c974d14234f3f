package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static io.heagent.agent.connect.blocking.BlockingRig.C;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.fake.Ip;
import io.nats.client.support.HappyEyeballsConnector;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a race on the connecting thread does on its way: in which order, and how often. */
class BlockingRaceStepsTest {

  private static final String D = "192.0.2.4";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String OTHER_LOOPBACK = "127.0.0.2";

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  /** So fewer connections are completed and then closed unused. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void losersAreClosedBeforeTheWinnerIsAdopted(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C).accepts(C, 30);
    assertEquals("530 connected to " + C, rig.run());
    assertEquals(BlockingRig.THIRD_WINS, rig.log());
  }

  /** If more attempts are in flight than the rule allows, the oldest is closed. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void oldestAttemptIsClosedWhereTooManyAreOut(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C, D).accepts(D, 30);
    rig.request.rule(
        new RaceRule(250_000_000L, 1, 2, true, true, false, true, RaceRule.Scope.AUTO));
    assertEquals("780 connected to " + D, rig.run());
    assertEquals(
        List.of(
            "0 dial " + A,
            "125 warm up",
            "250 dial " + B,
            "500 dial " + C,
            "750 dial " + D,
            "750 close " + B,
            "780 close " + C,
            "780 adopt " + D,
            "780 close " + D),
        rig.log());
  }

  /** The program itself dials the other addresses, however early the first one fails. */
  @ParameterizedTest
  @EnumSource
  void racingClientThatIsRefusedBeforeTheDelayIsTold(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).accepts(B, 1);
    String[] outcome = new String[1];
    HappyEyeballsConnector.ask(
        () -> {
          outcome[0] = rig.run();
          return true;
        });
    assertEquals("20 ConnectException: Connection refused", outcome[0]);
    assertEquals(List.of("0 dial " + A), rig.log());
  }

  @Test
  void modeIsRestoredAtTheSecondTry() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B).accepts(A, 30);
    rig.network.failuresToBlock = 1;
    assertEquals("30 connected to " + A, rig.run());
    assertEquals(0, rig.network.failuresToBlock);
  }

  /** The program's reads and writes wait in either mode, and its connection stands. */
  @Test
  void connectionStandsThoughItsModeCannotBeRestored() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B).accepts(A, 30);
    rig.network.failuresToBlock = 2;
    rig.network.at(30, () -> rig.socket.blockingDescriptor = false);
    assertEquals("30 connected to " + A, rig.run());
    assertEquals(0, rig.network.failuresToBlock);
  }

  @Test
  void modeOfASocketThatWasClosedIsLeftAlone() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B).closes(60);
    rig.network.failuresToBlock = 1;
    assertEquals("60 to be asked", rig.run());
    assertEquals(1, rig.network.failuresToBlock);
  }

  @Test
  void winnerIsClosedWhereTheRequestedAnswersAtTheLastMoment() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B).accepts(B, 30);
    rig.network.lostOption = "SO_RCVBUF";
    rig.network.whileCarrying = () -> rig.network.acceptsNow(rig.socket.descriptor);
    assertEquals("280 connected to " + A, rig.run());
    assertEquals(
        List.of("0 dial " + A, "125 warm up", "250 dial " + B, "280 close " + B), rig.log());
  }

  /** A connect that cannot be taken back stays as it is, and is what the program is told of. */
  @Test
  void winnerThatCannotBeDialledAgainLeavesTheOwnConnect() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B).accepts(A, 900).accepts(B, 30);
    rig.network.lostOption = "SO_RCVBUF";
    rig.network.canDisconnect = false;
    assertEquals("900 connected to " + A, rig.run());
    BlockingRig late = new BlockingRig(Form.PLAIN, A, B).accepts(B, 30).timeout(700);
    late.network.lostOption = "SO_RCVBUF";
    late.network.canDisconnect = false;
    assertEquals(
        "700 SocketTimeoutException: Connect timed out: host.example:443 (1 address tried:"
            + " 192.0.2.1 timed out after 420 ms)",
        late.run());
  }

  /** On this host the answer is there at once: no second thread is made for it. */
  @Test
  void siblingOnThisHostNeedsNoThread() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, LOOPBACK, OTHER_LOOPBACK);
    rig.network.noThread = new IOException("no thread");
    assertEquals("250 connected to " + OTHER_LOOPBACK, rig.accepts(OTHER_LOOPBACK, 0).run());
    assertEquals(Ip.of(OTHER_LOOPBACK), rig.told().getAddress());
  }

  @Test
  void siblingOnThisHostThatTakesItsTimeIsWatched() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, LOOPBACK, OTHER_LOOPBACK);
    assertEquals("280 connected to " + OTHER_LOOPBACK, rig.accepts(OTHER_LOOPBACK, 30).run());
  }

  @Test
  void siblingOnThisHostThatRefusesCostsNothing() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, LOOPBACK, OTHER_LOOPBACK);
    rig.network.noThread = new IOException("no thread");
    assertEquals(
        "400 connected to " + LOOPBACK,
        rig.refuses(OTHER_LOOPBACK, 0).accepts(LOOPBACK, 400).run());
  }

  /** An attempt that fails wakes the racing thread, which then waits again. */
  @Test
  void eachHasItsTurnWhereWinnersAreDialledAgain() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B, C).refuses(B, 40).accepts(C, 5);
    assertEquals("300 connected to " + C, rig.run());
  }

  /** Every 5 ms for a quarter of a second, then every 25 ms. */
  @Test
  void ownDescriptorIsLookedAtLessOftenAfterSomeTime() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(A, 501);
    assertEquals("525 connected to " + A, rig.run());
  }

  /** As the JDK's own connect: on a virtual thread it ends that of a socket, of a channel never. */
  @Test
  void interruptEndsTheRaceOfAVirtualThreadWhereWinnersAreDialledAgain() {
    BlockingRig socket = new BlockingRig(Form.REDIAL, A, B).interrupts(303);
    socket.network.virtual = true;
    assertEquals("303 InterruptedIOException: null", socket.run());
    Thread.interrupted();
    BlockingRig channel = new BlockingRig(Form.REDIAL, SocketKind.ADAPTOR, A, B).interrupts(303);
    channel.network.virtual = true;
    assertEquals("600 connected to " + A, channel.accepts(A, 600).run());
    assertTrue(Thread.interrupted());
  }

  /** The first attempt is pending still, but nobody waits for it any more. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void failureIsToldWhileTheDroppedAttemptIsPending(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(B, 30);
    rig.request.rule(
        new RaceRule(250_000_000L, 1, 1, true, true, false, true, RaceRule.Scope.AUTO));
    assertEquals(
        "280 ConnectException: Connection timed out: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 dropped for a later address after 250 ms; 192.0.2.2 refused after 30"
            + " ms)",
        rig.run());
  }

  /** Only refusals by all addresses, the requested one first, are those of a loop. */
  @Test
  void otherFailuresAreNoLoopOfRefusals() {
    BlockingRig rig = new BlockingRig(Form.PLAIN, A, B).refuses(A, 0);
    rig.network.fails(B, 0, new NoRouteToHostException("No route to host"));
    for (int i = 0; i < 20; i++) {
      String outcome = rig.run();
      assertTrue(outcome.contains("2 addresses tried"), outcome);
    }
  }
}
