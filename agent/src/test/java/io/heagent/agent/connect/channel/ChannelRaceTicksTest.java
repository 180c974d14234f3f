package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.C;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static io.heagent.agent.connect.channel.ChannelRig.happens;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels' races in which two things happen in one tick, or one comes after the outcome. */
class ChannelRaceTicksTest {

  /** Who waits for the channel. */
  private enum Waiting {
    SELECTOR,
    GROUP;

    ChannelRig to(String... addresses) {
      return this == SELECTOR ? ChannelRig.selected(addresses) : ChannelRig.async(addresses);
    }

    /** The lines without those of the wake-up, which only a selector has. */
    void happens(ChannelRig connected, String... lines) {
      connected.through(60_000);
      List<String> log = connected.network.log;
      assertEquals(List.of(lines), log.stream().filter(l -> !l.endsWith(" wake up")).toList());
      connected.checkNothingIsLeft(log.toString());
    }
  }

  /** The delay only starts attempts: the answer is there, so none is started. */
  @ParameterizedTest
  @EnumSource
  void answerAtTheVeryTickOfTheDelayWinsAlone(Waiting by) {
    ChannelRig rig = by.to(A, B).accepts(A, 250).accepts(B, 1).connect();
    by.happens(rig, "0 dial " + A, "250 over", "250 told connected to " + A);
    assertEquals(0, rig.network.opened);
  }

  /** The next but one has the whole delay, counted from the only start in this tick. */
  @ParameterizedTest
  @EnumSource
  void failureAtTheVeryTickOfTheDelayStartsOneAttempt(Waiting by) {
    ChannelRig rig = by.to(A, B, C).refuses(A, 250).accepts(C, 30).connect();
    adopts(rig, 530, C, "0 dial " + A, "250 dial " + B, "500 dial " + C, "530 close " + B);
  }

  /** The channel has another connection by then. */
  @ParameterizedTest
  @EnumSource
  void answerThatComesAfterTheWinChangesNothing(Waiting by) {
    ChannelRig rig = by.to(A, B).accepts(A, 281).accepts(B, 30).connect();
    adopts(rig, 280, B, "0 dial " + A, "250 dial " + B);
  }

  /** It is closed when the requested address wins, so its answer comes to nobody. */
  @ParameterizedTest
  @EnumSource
  void siblingThatAnswersAfterTheRequestedIsNobodys(Waiting by) {
    by.happens(
        by.to(A, B).accepts(A, 260).accepts(B, 11).connect(),
        "0 dial " + A,
        "250 dial " + B,
        "260 over",
        "260 close " + B,
        "260 told connected to " + A);
  }

  @ParameterizedTest
  @EnumSource
  void closeAtTheVeryTickOfAnAnswerEndsTheRace(Waiting by) {
    ChannelRig rig = by.to(A, B).accepts(B, 30).closes(280).connect();
    by.happens(rig, "0 dial " + A, "250 dial " + B, "280 close", "280 close " + B, "280 over");
    assertTrue(rig.outcome.closed());
  }

  /** Otherwise one socket that cannot be closed would keep the others open, and the winner away. */
  @ParameterizedTest
  @EnumSource
  void closeThatThrowsStopsNothing(Waiting by) {
    ChannelRig rig = by.to(A, B, C).accepts(C, 30);
    rig.network.failureToClose = new IllegalStateException("close");
    adopts(
        rig.connect(), 530, C, "0 dial " + A, "250 dial " + B, "500 dial " + C, "530 close " + B);
  }

  @ParameterizedTest
  @EnumSource
  void causesAreSuppressedInTheOrderOfTheAttempts(Waiting by) {
    ChannelRig rig = by.to(A, B);
    NoRouteToHostException noRoute = new NoRouteToHostException("No route to host");
    ConnectException refused = new ConnectException("Connection refused");
    rig.network.fails(A, 300, noRoute);
    rig.network.fails(B, 10, refused);
    rig.connect().through(60_000);
    assertEquals(NoRouteToHostException.class, rig.failure.getClass(), "of the requested address");
    assertArrayEquals(new Throwable[] {noRoute, refused}, rig.failure.getSuppressed());
  }

  /** Programs expect an OP_CONNECT from every connect that is not refused by an exception. */
  @Test
  void refusalWithinTheDialIsToldByItsEvent() {
    ChannelRig rig = ChannelRig.selected(A, B).refuses(A, 0).refuses(B, 0);
    assertEquals("pending", rig.begin());
    rig.await();
    happens(
        rig,
        "0 dial " + A,
        "0 dial " + B,
        "0 close " + B,
        "0 wake up",
        "0 over",
        "0 told ConnectException: Connection refused: host.example:443 (2 addresses tried:"
            + " 192.0.2.1 refused after 0 ms; 192.0.2.2 refused after 0 ms)");
  }
}
