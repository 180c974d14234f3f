package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.RaceResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the caller of a connect gets. */
class ConnectResultTest {

  private static final long MS = 1_000_000L;

  private final ConnectException refused = new ConnectException("Connection refused");
  private final List<Target> targets = List.of(target(1), target(2));

  ConnectResultTest() throws IOException {}

  private static Target target(int n) throws IOException {
    return new Target(new InetSocketAddress(Loopback.address(n), 443), null);
  }

  private static AttemptRecord attempt(
      int index, long start, long end, Outcome how, Throwable why) {
    return new AttemptRecord(index, start * MS, end * MS, how, why);
  }

  private ConnectResult result(RaceResult.End end, Throwable source, AttemptRecord... attempts) {
    RaceResult<SocketChannel> race = new RaceResult<>(end, null, -1, List.of(attempts), source);
    ConnectSpec spec = new ConnectSpec("host.example", 443, null, ConnectSettings.DEFAULT);
    return new ConnectResult(spec, race, targets.subList(0, attempts.length));
  }

  @Test
  void failureSaysHowLongEachAttemptTook() {
    ConnectResult failed =
        result(
            RaceResult.End.FAILED,
            null,
            attempt(0, 5, 17, Outcome.FAILED, refused),
            attempt(1, 255, 300, Outcome.FAILED, refused));
    ConnectException failure = assertThrows(ConnectException.class, failed::channelOrThrow);
    assertEquals(
        "Connection refused: host.example:443 (2 addresses tried: 127.0.0.1 refused after 12 ms;"
            + " 127.0.0.2 refused after 45 ms)",
        failure.getMessage());
    assertArrayEquals(new Throwable[] {refused, refused}, failure.getSuppressed());
  }

  /** Whatever came of the attempts before. */
  @Test
  void timeoutSaysWhatWasPending() {
    ConnectResult timedOut =
        result(
            RaceResult.End.TIMED_OUT,
            null,
            attempt(0, 0, 12, Outcome.FAILED, refused),
            attempt(1, 22, 400, Outcome.TIMED_OUT, null));
    SocketTimeoutException failure =
        assertThrows(SocketTimeoutException.class, timedOut::channelOrThrow);
    assertEquals(
        "Connect timed out: host.example:443 (2 addresses tried: 127.0.0.1 refused after 12 ms;"
            + " 127.0.0.2 timed out after 378 ms)",
        failure.getMessage());
  }

  @Test
  void failureWithoutAnAttemptIsThatOfTheLookUp() {
    UnknownHostException unknown = new UnknownHostException("host.example");
    ConnectResult known = result(RaceResult.End.FAILED, unknown);
    assertSame(unknown, assertThrows(IOException.class, known::channelOrThrow));
    IllegalStateException broken = new IllegalStateException("broken");
    ConnectResult unchecked = result(RaceResult.End.FAILED, broken);
    assertSame(broken, assertThrows(IllegalStateException.class, unchecked::channelOrThrow));
    Exception other = new Exception("neither");
    ConnectResult wrapped = result(RaceResult.End.FAILED, other);
    assertSame(other, assertThrows(IOException.class, wrapped::channelOrThrow).getCause());
  }
}
