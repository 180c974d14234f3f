package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceEnd;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.agent.observe.ObservedHosts;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.agent.observe.Statistics;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of a race when it has ended, on a clock that the test gives. */
class RaceObservationTest {
  private static final long MS = 1_000_000L;
  private static final InetAddress ASKED = Ip.of("192.0.2.1");
  private static final InetAddress OTHER = Ip.of("2001:db8::2");

  private final Observer observer = new Observer(() -> {});
  private final Statistics statistics = new Statistics(observer, new Nothing());
  private final List<String> traced = new ArrayList<>();

  private static final class Nothing implements Statistics.Present {
    @Override
    public int deadAddresses() {
      return 0;
    }

    @Override
    public List<String> brokenAddresses() {
      return List.of();
    }

    @Override
    public ObservedHosts observed() {
      return new ObservedHosts();
    }
  }

  private final class Trace implements RaceTrace {
    @Override
    public void starting() {}

    @Override
    public void started(InetAddress address) {
      traced.add("started " + address.getHostAddress());
    }

    @Override
    public void ended(int attempt, Outcome outcome, Throwable cause) {
      traced.add(attempt + " " + outcome);
    }

    @Override
    public void over(InetAddress winner, String outcome, boolean reordered, boolean stoodDown) {
      traced.add(outcome);
    }
  }

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  private ConnectCall call(long timeoutMillis) {
    return Calls.to(ASKED).startedAt(0).timeout(timeoutMillis * MS).trace(new Trace()).call();
  }

  private static AttemptRecord record(int index, Outcome outcome, Throwable cause) {
    return new AttemptRecord(index, 0, 300 * MS, outcome, cause);
  }

  private void wonByTheOther(ConnectCall call, Outcome ofAsked, Throwable cause) {
    ended(call, OTHER, record(0, ofAsked, cause), record(1, Outcome.WON, null));
  }

  /** The program is connected to this address. */
  private void ended(ConnectCall call, InetAddress peer, AttemptRecord... records) {
    RaceEnd end = RaceEnd.connected(peer);
    List<InetAddress> tried = List.of(ASKED, OTHER);
    List<AttemptRecord> met = end.met(tried, List.of(records));
    RaceObservation.ended(observer, call, end, tried, met, 300 * MS);
  }

  @Test
  void silenceCostsAPlainConnectItsTimeout() {
    wonByTheOther(call(2_000), Outcome.LOST, null);
    assertEquals(1_700, statistics.savedMillis());
    assertEquals(0, statistics.failuresAvoided());
    assertEquals(1, statistics.wonBySecond());
    assertEquals(1, statistics.wonOverIpv6());
    assertEquals(1, statistics.extraAttempts());
    assertEquals(List.of("0 LOST", "1 WON", "won"), traced);
  }

  @Test
  void fiveSecondsAreCountedWhereNoTimeoutIsKnown() {
    wonByTheOther(call(0), Outcome.LOST, null);
    assertEquals(4_700, statistics.savedMillis());
  }

  @Test
  void aRefusalCostsAPlainConnectItsSuccess() {
    wonByTheOther(call(2_000), Outcome.FAILED, new ConnectException("Connection refused"));
    assertEquals(0, statistics.savedMillis());
    assertEquals(1, statistics.failuresAvoided());
  }

  @Test
  void theSystemsOwnTimeoutIsSilence() {
    wonByTheOther(call(2_000), Outcome.FAILED, new ConnectException("Connection timed out"));
    assertEquals(1_700, statistics.savedMillis());
    assertEquals(0, statistics.failuresAvoided());
  }

  @Test
  void nothingIsGainedWhereTheRequestedAddressWins() {
    ConnectCall call = call(2_000);
    ended(call, ASKED, record(0, Outcome.WON, null), record(1, Outcome.LOST, null));
    RaceObservation.wonAlone(observer, call, ASKED, 5 * MS);
    assertEquals(2, statistics.wonByFirst());
    assertEquals(0, statistics.savedMillis());
    assertEquals(0, statistics.failuresAvoided());
  }

  /** It has answered while the sibling's connection was being given up to dial it again. */
  @Test
  void theProgramsPeerHasWonAndNotTheEnginesWinner() {
    ended(call(2_000), ASKED, record(0, Outcome.DROPPED, null), record(1, Outcome.WON, null));
    assertEquals(List.of("0 WON", "1 LOST", "won"), traced);
    assertEquals(1, statistics.wonByFirst());
    assertEquals(1, statistics.wonOverIpv4());
    assertEquals(0, statistics.savedMillis());
  }

  @Test
  void aRaceWithoutAnyAttemptBesideTheFirstMayFailOrBeCancelled() {
    RaceObservation.lostAlone(observer, call(0), new ConnectException("Connection refused"));
    RaceObservation.lostAlone(observer, call(0), null);
    assertEquals(1, statistics.failed());
    assertEquals(1, statistics.cancelled());
    assertEquals(List.of("0 FAILED", "failed", "0 CANCELLED", "cancelled"), traced);
  }

  @Test
  void nothingIsNotedOfARaceThatIsNotRecorded() {
    ConnectCall call = Calls.to(ASKED).call();
    assertNull(call.trace());
    RaceObservation.dialling(call, ASKED);
    RaceObservation.ended(call, 0, Outcome.FAILED, null);
    assertEquals(List.of(), traced);
  }

  /** Each is told where it happens, so that a recording has its duration. */
  @Test
  void aRecordingIsToldOfEachAttempt() {
    ConnectCall call = call(0);
    RaceObservation.dialling(call, ASKED);
    RaceObservation.dialling(call, OTHER);
    RaceObservation.ended(call, 1, Outcome.FAILED, new ConnectException("Connection refused"));
    RaceObservation.wonAlone(observer, call, ASKED, 5 * MS);
    assertEquals(
        List.of("started 192.0.2.1", "started 2001:db8:0:0:0:0:0:2", "1 FAILED", "0 WON", "won"),
        traced);
  }

  @Test
  void aRaceThatNobodyHasWonFailsOrIsCancelled() {
    List<InetAddress> tried = List.of(ASKED, OTHER);
    List<AttemptRecord> records =
        List.of(record(0, Outcome.CANCELLED, null), record(1, Outcome.CANCELLED, null));
    RaceObservation.ended(observer, call(0), RaceEnd.NONE, tried, records, 300 * MS);
    assertEquals(1, statistics.cancelled());
    RaceEnd failed = RaceEnd.failed(new ConnectException("Connection refused"));
    RaceObservation.ended(observer, call(0), failed, tried, records, 300 * MS);
    assertEquals(1, statistics.failed());
    assertEquals(2, statistics.extraAttempts());
    assertEquals(
        List.of("0 CANCELLED", "1 CANCELLED", "cancelled", "0 CANCELLED", "1 CANCELLED", "failed"),
        traced);
  }

  @Test
  void aRaceForTheRequestedAddressAloneStandsDown() {
    ConnectCall call = call(0);
    RaceObservation.wonAlone(observer, call, ASKED, 5 * MS);
    assertEquals(0, statistics.stoodDown());
    Calls.alone(call);
    RaceObservation.wonAlone(observer, call, ASKED, 5 * MS);
    assertEquals(1, statistics.stoodDown());
    assertEquals(0, statistics.reordered());
  }

  /** An address that was healthy lately is probably only slow. */
  @Test
  void nothingIsGainedOverAnAddressThatWasHealthyLately() {
    Remembered past = new Remembered();
    past.wins("192.0.2.1", 50);
    ConnectCall call = past.to("192.0.2.1", ASKED, OTHER).startedAt(0).timeout(2_000 * MS).call();
    wonByTheOther(call, Outcome.LOST, null);
    assertEquals(1, statistics.wonBySecond());
    assertEquals(0, statistics.savedMillis());
  }

  /** The requested address was not dialled at all, because history knew it as dead. */
  @Test
  void theTimeoutIsSavedWhereADeadAddressWasPassedOver() {
    Remembered past = new Remembered();
    past.isDead("192.0.2.1");
    past.wins("192.0.2.2", 30);
    InetAddress good = Ip.of("192.0.2.2");
    ConnectCall call =
        Calls.planned(past.to("192.0.2.1", ASKED, good).startedAt(0).timeout(2_000 * MS).call());
    assertEquals(good, call.order().first());
    RaceObservation.wonAlone(observer, call, good, 30 * MS);
    assertEquals(1, statistics.reordered());
    assertEquals(1_970, statistics.savedMillis());
  }

  @Test
  void nothingIsGainedByAnAddressThatWentFirstForAnotherReason() {
    ConnectCall call = call(2_000);
    call.follow(Calls.to(OTHER).call().order());
    RaceObservation.wonAlone(observer, call, OTHER, 30 * MS);
    assertEquals(0, statistics.savedMillis());
    assertEquals(0, statistics.failuresAvoided());
  }
}
