package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a history learns from the records of a race. */
class HistoryRecordTest {
  private final Past past = new Past();

  @Test
  void raceWithADeadFirst() {
    past.pass(270);
    record("aB", ended(0, 0, 270, Outcome.LOST), ended(1, 250, 270, Outcome.WON));
    assertEquals("Ba", past.order("aB"));
    assertEquals(FailureKind.UNANSWERED, past.find("a").lastFailure());
    assertEquals(20 * Past.MS, past.find("B").smoothedNanos());
    assertEquals(100, past.delayMillis("B"));
  }

  @Test
  void loserThatHadNoTimeIsNotBlamed() {
    past.pass(260);
    record("aB", ended(0, 0, 260, Outcome.WON), ended(1, 250, 260, Outcome.LOST));
    assertNull(past.find("B"));
  }

  @Test
  void everyOutcome() {
    past.pass(1_000);
    ConnectException refused = new ConnectException("Connection refused");
    record(
        "abcdef",
        new AttemptRecord(0, 0, 5 * Past.MS, Outcome.FAILED, refused),
        ended(1, 5, 900, Outcome.DROPPED),
        ended(2, 255, 1_000, Outcome.TIMED_OUT),
        ended(3, 255, 1_000, Outcome.CANCELLED),
        ended(4, 255, 1_000, Outcome.LATE),
        new AttemptRecord(5, 0, 0, Outcome.FAILED, new SocketException("Too many open files")));
    assertEquals(FailureKind.REFUSED, past.find("a").lastFailure());
    assertEquals(FailureKind.UNANSWERED, past.find("b").lastFailure());
    assertEquals(FailureKind.UNANSWERED, past.find("c").lastFailure());
    assertNull(past.find("d"));
    assertNull(past.find("e"));
    assertNull(past.find("f"));
    past.history.record(Past.HOST, Past.PORT, List.of(), List.of());
  }

  @Test
  void failureInAnOlderRaceThanTheLastAnswerIsStale() {
    past.pass(100);
    past.wins("a", 1);
    past.pass(200);
    ConnectException refused = new ConnectException("Connection refused");
    record(
        "aB",
        new AttemptRecord(0, 0, 5 * Past.MS, Outcome.FAILED, refused), // 301 ms ago
        ended(1, 5, 301, Outcome.WON));
    assertEquals(0, past.find("a").failures());
  }

  @Test
  void kinds() {
    assertEquals(FailureKind.LOCAL, FailureKind.of(null));
    assertEquals(FailureKind.LOCAL, FailureKind.of(new ClosedChannelException()));
    assertEquals(FailureKind.LOCAL, FailureKind.of(new SocketException()));
    assertEquals(FailureKind.LOCAL, FailureKind.of(new SocketException("Invalid argument")));
    assertEquals(FailureKind.LOCAL, FailureKind.of(new BindException("Address already in use")));
    assertEquals(FailureKind.UNREACHABLE, FailureKind.of(new BindException("Permission denied")));
    assertEquals(
        FailureKind.UNREACHABLE, FailureKind.of(new SocketException("Network is unreachable")));
    assertEquals(
        FailureKind.UNREACHABLE, FailureKind.of(new ConnectException("Network is unreachable")));
    assertEquals(FailureKind.UNREACHABLE, FailureKind.of(new NoRouteToHostException("x")));
    assertEquals(FailureKind.UNANSWERED, FailureKind.of(new SocketTimeoutException("x")));
    assertEquals(
        FailureKind.UNANSWERED, FailureKind.of(new ConnectException("Connection timed out")));
    assertEquals(FailureKind.REFUSED, FailureKind.of(new ConnectException()));
    assertEquals(FailureKind.REFUSED, FailureKind.of(new PortUnreachableException()));
    assertEquals(FailureKind.REFUSED, FailureKind.of(new SocketException("Connection reset")));
  }

  private void record(String names, AttemptRecord... attempts) {
    List<InetAddress> tried = Stream.of(names.split("")).map(Past::address).toList();
    past.history.record(Past.HOST, Past.PORT, tried, List.of(attempts));
  }

  private static AttemptRecord ended(int index, long from, long to, Outcome outcome) {
    return new AttemptRecord(index, from * Past.MS, to * Past.MS, outcome, null);
  }
}
