package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.CheckedRace.End;
import io.heagent.agent.check.result.PlainConnect;
import io.heagent.engine.core.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the JDK alone would have done: the race shows it, or one more connect does. */
class PlainProbeTest {
  private static final long MILLI = 1_000_000L;

  private final List<String> dialled = new ArrayList<>();
  private IOException outcome;
  private long now;
  private final PlainProbe probe = new PlainProbe(this::dial, () -> now, 700 * MILLI);

  private void dial(InetSocketAddress address, int timeoutMillis) throws IOException {
    dialled.add(address + " " + timeoutMillis);
    now += 500 * MILLI;
    if (outcome != null) {
      throw outcome;
    }
  }

  private static CheckedRace race(Outcome ofFirst) {
    EventTape tape = new EventTape().asked().at(2_000).answered("192.0.2.1", "192.0.2.2");
    tape.at(3_000).started(0, "192.0.2.1").at(9_000);
    if (ofFirst == Outcome.WON) {
      return tape.won(0, "192.0.2.1").finished().race(End.CONNECTED, null);
    } else if (ofFirst == Outcome.FAILED) {
      tape.refused(0, "192.0.2.1");
    }
    tape.started(1, "192.0.2.2").at(10_000);
    if (ofFirst == Outcome.TIMED_OUT) {
      tape.lost(0, "192.0.2.1", ofFirst).lost(1, "192.0.2.2", ofFirst);
      return tape.finished().race(End.TIMED_OUT, "Connect timed out");
    } else if (ofFirst == Outcome.LOST) {
      tape.lost(0, "192.0.2.1", ofFirst);
    }
    return tape.won(1, "192.0.2.2").finished().race(End.CONNECTED, null);
  }

  private PlainConnect of(Outcome ofFirst) {
    return probe.of(Races.WWW, race(ofFirst));
  }

  private static PlainConnect plain(
      PlainConnect.End end, long millis, boolean measured, String words) {
    return new PlainConnect(EventTape.address("192.0.2.1"), end, millis * MILLI, measured, words);
  }

  @Test
  void anAttemptThatHasEndedByItselfNeedsNoOther() {
    assertEquals(plain(PlainConnect.End.CONNECTED, 8, false, "connected"), of(Outcome.WON));
    assertEquals(plain(PlainConnect.End.FAILED, 8, false, "refused"), of(Outcome.FAILED));
    assertEquals(plain(PlainConnect.End.SILENT, 9, false, "no answer"), of(Outcome.TIMED_OUT));
    assertEquals(List.of(), dialled);
  }

  @Test
  void oneThatWasOvertakenIsTriedAloneAndOnceOnly() {
    outcome = new SocketTimeoutException("Connect timed out");
    PlainConnect silent = plain(PlainConnect.End.SILENT, 502, true, "no answer");
    assertEquals(silent, of(Outcome.LOST));
    assertEquals(silent, of(Outcome.LOST));
    assertEquals(List.of("/192.0.2.1:443 700"), dialled);
  }

  @Test
  void itMayConnectAfterAll() {
    assertEquals(plain(PlainConnect.End.CONNECTED, 502, true, "connected"), of(Outcome.LOST));
  }

  @Test
  void itMayFailLate() {
    outcome = new ConnectException("Connection refused");
    assertEquals(plain(PlainConnect.End.FAILED, 502, true, "refused"), of(Outcome.LOST));
  }

  @Test
  void withoutAnAddressThereIsNothingToSay() {
    assertNull(probe.of(Races.WWW, Races.unknown()));
    assertEquals(List.of(), dialled);
  }
}
