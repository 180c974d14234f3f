package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocking races whose winner's address is dialled again on the program's own descriptor. */
class RedialRaceTest {

  private static final String IPV6 = "2001:db8::1";

  @Test
  void winnerIsClosedAndItsAddressDialledOnTheOwnDescriptor() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(B, 30);
    assertEquals("310 connected to " + B, rig.run());
    assertEquals(
        List.of(
            "0 dial " + A,
            "250 dial " + B,
            "280 take back " + A,
            "280 close " + B,
            "280 dial " + B),
        rig.log());
  }

  /** The own descriptor is looked at every 5 ms. */
  @Test
  void requestedAddressMayWinLate() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(A, 262).accepts(B, 30);
    assertEquals("265 connected to " + A, rig.run());
    assertEquals(List.of("0 dial " + A, "250 dial " + B, "265 close " + B), rig.log());
  }

  /** It has answered while the sibling's connection was being given up for it. */
  @Test
  void requestedAddressThatAnswersAtTheLastMomentIsKept() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(A, 280).accepts(B, 30);
    assertEquals("280 connected to " + A, rig.run());
  }

  @Test
  void siblingFollowsARefusal() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).refuses(A, 20).accepts(B, 30);
    assertEquals("80 connected to " + B, rig.run());
  }

  /** Otherwise another address would win and could not become the program's connection. */
  @Test
  void whereAConnectCannotBeTakenBackSiblingsWaitForItsFailure() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).refuses(A, 900).accepts(B, 30);
    rig.network.canDisconnect = false;
    assertEquals("960 connected to " + B, rig.run());
    assertEquals(
        List.of("0 dial " + A, "900 dial " + B, "930 close " + B, "930 dial " + B), rig.log());
  }

  @Test
  void secondDialThatFailsIsToldByItself() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(B, 30);
    rig.network.at(270, () -> rig.refuses(B, 15));
    assertEquals("295 ConnectException: Connection refused", rig.run());
  }

  @Test
  void secondDialEndsWithTheProgramsTimeout() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(B, 30).timeout(400);
    rig.network.at(270, () -> rig.accepts(B, 1_000));
    assertEquals(
        "400 SocketTimeoutException: Connect timed out: host.example:443 (1 address tried:"
            + " 192.0.2.2 timed out after 120 ms)",
        rig.run());
  }

  @Test
  void closeIsSeenWhileTheWinnerIsDialledAgain() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(B, 30).closes(300);
    rig.network.at(270, () -> rig.accepts(B, 1_000));
    assertEquals("300 to be asked", rig.run());
  }

  /** A socket that was connected to IPv4 remembers that, and would refuse IPv6. */
  @Test
  void descriptorThatDialledIpv4IsMadeToForgetIt() {
    BlockingRig to6 = new BlockingRig(Form.REDIAL, A, IPV6).accepts(IPV6, 30);
    assertEquals("310 connected to 2001:db8:0:0:0:0:0:1", to6.run());
    assertTrue(to6.log().contains("280 forget IPv4"), () -> "" + to6.log());
    BlockingRig to4 = new BlockingRig(Form.REDIAL, IPV6, A).accepts(A, 30);
    assertEquals("310 connected to " + A, to4.run());
    assertFalse(to4.log().contains("280 forget IPv4"), () -> "" + to4.log());
  }
}
