package io.heagent.agent.connect;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.blocking.BlockingRig;
import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.channel.ChannelRig;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.agent.observe.Statistics;
import io.heagent.engine.core.Outcome;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What recordings and counters say of a race is what its program was told, also where the engine's
 * race has ended otherwise: a winner is dialled again and that fails, the program closes its socket
 * before a winner is handed over, or nothing was dialled.
 */
class ToldOutcomeTest {
  private final List<String> traced = new ArrayList<>();

  private final class Trace implements RaceTrace {
    @Override
    public void starting() {}

    @Override
    public void started(InetAddress address) {
      traced.add("dial " + address.getHostAddress());
    }

    @Override
    public void ended(int attempt, Outcome outcome, Throwable cause) {
      traced.add(attempt + " " + outcome + (cause == null ? "" : ": " + cause.getMessage()));
    }

    @Override
    public void over(InetAddress winner, String outcome, boolean reordered, boolean stoodDown) {
      traced.add(outcome + (winner == null ? "" : " by " + winner.getHostAddress()));
    }
  }

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  /** The last of what was traced, and the counters. */
  private void said(Observer observer, int won, int failed, int cancelled, String... last) {
    assertEquals(List.of(last), traced.subList(traced.size() - last.length, traced.size()));
    assertEquals(1, traced.stream().filter(line -> line.matches("(won|failed|canc).*")).count());
    Statistics counted = new Statistics(observer, null);
    assertEquals(won, counted.wonByFirst() + counted.wonBySecond() + counted.wonByLater());
    assertEquals(failed, counted.failed());
    assertEquals(cancelled, counted.cancelled());
    assertEquals(1, counted.races());
    assertTrue(won == 1 || counted.savedMillis() + counted.failuresAvoided() == 0);
  }

  private BlockingRig redial() {
    BlockingRig rig = new BlockingRig(Form.REDIAL, A, B).accepts(B, 30).timeout(400);
    rig.request.trace(new Trace());
    return rig;
  }

  @Test
  void blockingRedialThatIsRefusedHasFailed() {
    BlockingRig rig = redial();
    rig.network.at(270, () -> rig.refuses(B, 15));
    assertTrue(rig.run().contains("ConnectException"));
    said(rig.observer(), 0, 1, 0, "0 LOST", "1 FAILED: Connection refused", "failed");
  }

  @Test
  void blockingRedialThatTimesOutHasFailed() {
    BlockingRig rig = redial();
    rig.network.at(270, () -> rig.accepts(B, 1_000));
    assertTrue(rig.run().contains("SocketTimeoutException"));
    assertEquals("failed", traced.get(traced.size() - 1));
    assertTrue(traced.get(traced.size() - 2).startsWith("1 FAILED: "), traced::toString);
    said(rig.observer(), 0, 1, 0, "failed");
  }

  @Test
  void blockingRedialThatTheProgramClosesIsCancelled() {
    BlockingRig rig = redial().closes(300);
    rig.network.at(270, () -> rig.accepts(B, 1_000));
    assertEquals("300 to be asked", rig.run());
    said(rig.observer(), 0, 0, 1, "0 LOST", "1 CANCELLED", "cancelled");
  }

  @Test
  void requestedAddressThatAnswersAtTheLastMomentHasWon() {
    BlockingRig rig = redial().accepts(A, 280);
    assertEquals("280 connected to " + A, rig.run());
    said(rig.observer(), 1, 0, 0, "0 WON", "1 LATE", "won by " + A);
    assertEquals(1, new Statistics(rig.observer(), null).wonByFirst());
  }

  @Test
  void blockingRaceThatIsInterruptedBeforeAnySiblingIsCancelled() {
    BlockingRig rig = new BlockingRig(Form.VIRTUAL, A, B);
    rig.request.trace(new Trace());
    rig.network.at(100, Thread.currentThread()::interrupt);
    assertTrue(rig.run().contains("InterruptedIOException"));
    assertTrue(Thread.interrupted());
    said(rig.observer(), 0, 0, 1, "0 CANCELLED", "cancelled");
  }

  private ChannelRig channel(ChannelRig rig) {
    rig.accepts(B, 30).request.trace(new Trace());
    return rig;
  }

  @Test
  void channelsRedialThatIsRefusedHasFailed() {
    ChannelRig rig = channel(ChannelRig.redialled(A, B)).connect();
    rig.network.at(270, () -> rig.network.fails(B, 1, new ConnectException("Connection refused")));
    rig.through(60_000);
    said(rig.observer(), 0, 1, 0, "0 LOST", "1 FAILED: Connection refused", "failed");
  }

  @Test
  void channelsRedialThatTheProgramClosesIsCancelled() {
    ChannelRig rig = channel(ChannelRig.redialled(A, B)).closes(300).connect();
    rig.network.at(270, () -> rig.accepts(B, 1_000));
    rig.through(60_000);
    said(rig.observer(), 0, 0, 1, "0 LOST", "1 CANCELLED", "cancelled");
  }

  @Test
  void channelThatIsClosedAsItsWinnerIsHandedOverIsCancelled() {
    ChannelRig rig = channel(ChannelRig.selected(A, B)).connect();
    rig.network.at(280, () -> rig.socket.closeWhenAdopted = true);
    rig.through(60_000);
    said(rig.observer(), 0, 0, 1, "0 LOST", "1 CANCELLED", "cancelled");
  }

  @Test
  void channelThatIsClosedBeforeAnySiblingIsCancelled() {
    ChannelRig rig = channel(ChannelRig.selected(A, B)).closes(100).connect();
    rig.through(60_000);
    said(rig.observer(), 0, 0, 1, "0 CANCELLED", "cancelled");
  }

  @Test
  void channelsWinnerThatIsDialledAgainHasWon() {
    ChannelRig rig = channel(ChannelRig.redialled(A, B)).connect();
    rig.through(60_000);
    said(rig.observer(), 1, 0, 0, "0 LOST", "1 WON", "won by " + B);
  }
}
