package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static io.heagent.agent.connect.blocking.BlockingRig.C;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.fake.Ip;
import io.nats.client.support.HappyEyeballsConnector;
import java.net.NoRouteToHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outcomes of a race that runs on the connecting thread, to the millisecond. */
class BlockingRaceTest {

  @ParameterizedTest
  @EnumSource
  void requestedAddressThatAnswersIsAllThatIsDialled(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 30).accepts(B, 1);
    assertEquals("30 connected to " + A, rig.run());
    assertEquals(List.of("0 dial " + A), rig.log());
  }

  @ParameterizedTest
  @EnumSource
  void requestedAddressThatAnswersAtOnceNeedsNoWait(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 0);
    assertEquals("0 connected to " + A, rig.run());
    assertEquals(List.of("0 dial " + A), rig.log());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingIsDialledAfterTheDelayAndAdopted(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    assertEquals("280 connected to " + B, rig.run());
    assertEquals(
        List.of("0 dial " + A, "125 warm up", "250 dial " + B, "280 adopt " + B, "280 close " + B),
        rig.log());
    assertEquals(Ip.of(B), rig.told().getAddress());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void nextIsDialledAsSoonAsTheRequestedHasRefused(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).accepts(B, 30);
    assertEquals("50 connected to " + B, rig.run());
    assertEquals(
        List.of("0 dial " + A, "20 dial " + B, "50 adopt " + B, "50 close " + B), rig.log());
  }

  /**
   * After a refusal the classes of a race are loaded ahead. A silent address leaves a delay for
   * that, and a race whose address answers needs none of them.
   */
  @ParameterizedTest
  @EnumSource
  void classesAreLoadedAheadAfterARefusalOnly(Form form) {
    BlockingRig refused = new BlockingRig(form, A, B).refuses(A, 20).accepts(B, 30);
    refused.run();
    assertEquals(1, refused.environment.loadedAhead);
    BlockingRig silent = new BlockingRig(form, A, B).accepts(B, 30);
    silent.run();
    assertEquals(0, silent.environment.loadedAhead);
    BlockingRig good = new BlockingRig(form, A, B).accepts(A, 30);
    good.run();
    assertEquals(0, good.environment.loadedAhead);
  }

  /**
   * RFC 8305 limits how often packets are sent. A refusal by this host itself sends none, so the
   * next address follows at once.
   */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void refusalOfThisHostCostsNothing(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 0).accepts(B, 30);
    assertEquals("30 connected to " + B, rig.run());
  }

  @ParameterizedTest
  @EnumSource
  void whenAllHaveRefusedTheFailureNamesThemAll(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).refuses(B, 30);
    assertEquals(
        "50 ConnectException: Connection refused: host.example:443 (2 addresses tried: 192.0.2.1"
            + " refused after 20 ms; 192.0.2.2 refused after 30 ms)",
        rig.run());
    assertEquals(List.of(Ip.of(A), Ip.of(B)), rig.call().outcome().tried());
    assertEquals(30_000_000L, rig.call().outcome().lateNanos());
  }

  /**
   * Without the agent the connect would have failed at once, so the race does not wait for minutes
   * for another address.
   */
  @ParameterizedTest
  @EnumSource
  void refusedAndSilentEndsTenDelaysAfterTheLastDial(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20);
    assertEquals(
        "2520 ConnectException: Connection refused: host.example:443 (2 addresses tried: 192.0.2.1"
            + " refused after 20 ms; 192.0.2.2 timed out after 2500 ms)",
        rig.run());
    assertEquals(List.of(Ip.of(A), Ip.of(B)), rig.call().outcome().tried());
  }

  @ParameterizedTest
  @EnumSource
  void timeoutOfTheProgramEndsItAll(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).timeout(700);
    assertEquals(
        "700 SocketTimeoutException: Connect timed out: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 timed out after 700 ms; 192.0.2.2 timed out after 450 ms)",
        rig.run());
    assertEquals(2, rig.call().outcome().unanswered().size());
    assertEquals(450_000_000L, rig.call().outcome().unanswered().get(Ip.of(B)));
  }

  @ParameterizedTest
  @EnumSource
  void timeoutBeforeTheDelayIsTheRequestedAddressAlone(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).timeout(200);
    assertEquals("200 SocketTimeoutException: Connect timed out", rig.run());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void requestedAddressMayWinLate(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 265).accepts(B, 30);
    assertEquals("265 connected to " + A, rig.run());
    assertEquals(
        List.of("0 dial " + A, "125 warm up", "250 dial " + B, "265 close " + B), rig.log());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void ofTwoThatAnswerInOneTickTheRequestedWins(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 280).accepts(B, 30);
    assertEquals("280 connected to " + A, rig.run());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void answerAtTheVeryTickOfTheTimeoutWins(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30).timeout(280);
    assertEquals("280 connected to " + B, rig.run());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void eachHasItsTurn(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C).refuses(B, 40).accepts(C, 5);
    assertEquals("295 connected to " + C, rig.run());
    assertEquals(
        List.of(
            "0 dial " + A,
            "125 warm up",
            "250 dial " + B,
            "290 close " + B,
            "290 dial " + C,
            "295 adopt " + C,
            "295 close " + C),
        rig.log());
  }

  /** An address to which there is no route fails without a refusal, and the next one follows. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void addressWithoutARouteCostsNothing(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(B, 30);
    rig.network.fails(A, 0, new NoRouteToHostException("No route to host"));
    assertEquals("40 connected to " + B, rig.run());
  }

  /** The program sees exactly the failure that it sees without the agent. */
  @ParameterizedTest
  @EnumSource
  void failureOfANameWithoutSiblingsIsTheJdksOwn(Form form) {
    BlockingRig rig = new BlockingRig(form, A).refuses(A, 20);
    assertEquals("20 ConnectException: Connection refused", rig.run());
    assertEquals(List.of("0 dial " + A), rig.log());
  }

  /** A program that races by itself dials the other addresses itself. */
  @ParameterizedTest
  @EnumSource
  void racingClientOnTheStackIsLeftToItsRace(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 400).accepts(B, 1);
    String[] outcome = new String[1];
    HappyEyeballsConnector.ask(
        () -> {
          outcome[0] = rig.run();
          return true;
        });
    assertEquals("400 ConnectException: Connection refused", outcome[0]);
    assertFalse(rig.log().contains("250 dial " + B));
  }

  @Test
  void reasonlessWakeUpsChangeNothing() {
    for (Form form : Form.values()) {
      BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 300).refuses(B, 100);
      for (int ms = 1; ms < 340; ms += 7) {
        rig.network.at(ms, () -> rig.network.unpark(null));
      }
      assertEquals(
          "350 ConnectException: Connection refused: host.example:443 (2 addresses tried:"
              + " 192.0.2.1 refused after 300 ms; 192.0.2.2 refused after 100 ms)",
          rig.run());
    }
  }

  /** B's first packet is lost, and the system sends it again after a second. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingWhosePacketIsLostIsWaitedForAfterARefusal(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).refuses(A, 20).accepts(B, 1_030);
    assertEquals("1050 connected to " + B, rig.run());
  }
}
