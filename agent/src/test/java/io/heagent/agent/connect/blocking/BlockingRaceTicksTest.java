package io.heagent.agent.connect.blocking;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static io.heagent.agent.connect.blocking.BlockingRig.C;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.fake.Ip;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Races on the connecting thread in which two things happen in one tick, or one comes after the
 * outcome.
 */
class BlockingRaceTicksTest {

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  /** The delay only starts attempts: the answer is there, so none is started. */
  @ParameterizedTest
  @EnumSource
  void answerAtTheVeryTickOfTheDelayWinsAlone(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 250).accepts(B, 1);
    assertEquals("250 connected to " + A, rig.run());
    assertEquals(0, rig.network.opened);
  }

  /** The next but one has the whole delay, counted from the only start in this tick. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void failureAtTheVeryTickOfTheDelayStartsOneAttempt(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C).refuses(A, 250).accepts(C, 30);
    assertEquals("530 connected to " + C, rig.run());
    assertEquals(BlockingRig.THIRD_WINS, rig.log());
  }

  /** A's descriptor is the program's, and has another connection by then. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void answerThatComesAfterTheWinChangesNothing(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 281).accepts(B, 30);
    assertEquals("280 connected to " + B, rig.run());
    List<String> happened = List.copyOf(rig.log());
    rig.network.park(this, 1_000_000_000L);
    assertEquals(Ip.of(B), rig.connected());
    assertEquals(Ip.of(B), rig.told().getAddress());
    assertEquals(happened, rig.log());
  }

  /** It is closed when the requested address wins, so its answer comes to nobody. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VIRTUAL"})
  void siblingThatAnswersAfterTheRequestedIsNobodys(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B).accepts(A, 260).accepts(B, 11);
    assertEquals("260 connected to " + A, rig.run());
    rig.network.park(this, 1_000_000_000L);
    assertEquals(Ip.of(A), rig.connected());
    assertEquals("260 close " + B, rig.log().get(rig.log().size() - 1));
  }

  /** Otherwise one socket that cannot be closed would keep the others open, and the winner away. */
  @ParameterizedTest
  @EnumSource
  void closeThatThrowsStopsNothing(Form form) {
    BlockingRig won = new BlockingRig(form, A, B, C).accepts(C, 30);
    won.network.failureToClose = new IllegalStateException("close");
    assertTrue(won.run().endsWith(" connected to " + C));
    BlockingRig lost = new BlockingRig(form, A, B, C).refuses(A, 20).refuses(B, 30).refuses(C, 5);
    lost.network.failureToClose = new IllegalStateException("close");
    assertTrue(lost.run().contains("3 addresses tried"));
  }

  /** The interrupt is what the program is told, and the connection that has come is closed. */
  @Test
  void interruptAtTheVeryTickOfAnAnswerEndsTheConnectOfAVirtualThread() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, A, B).accepts(B, 30).interrupts(280);
    assertEquals("280 InterruptedIOException: null", rig.run());
    assertEquals("280 close " + B, rig.log().get(rig.log().size() - 1));
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @EnumSource
  void causesAreSuppressedInTheOrderOfTheAttempts(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C);
    Exception[] causes = {
      new NoRouteToHostException("No route to host"),
      new ConnectException("Connection refused"),
      new ConnectException("Connection reset")
    };
    rig.network.fails(A, 300, (NoRouteToHostException) causes[0]);
    rig.network.fails(B, 10, (ConnectException) causes[1]);
    rig.network.fails(C, 5, (ConnectException) causes[2]);
    assertTrue(rig.run().contains(" NoRouteToHostException: "), "of the requested address");
    assertArrayEquals(
        List.of(A, B, C).stream().map(Ip::of).toArray(), rig.call().outcome().tried().toArray());
    assertArrayEquals(causes, rig.failure.getSuppressed());
  }
}
