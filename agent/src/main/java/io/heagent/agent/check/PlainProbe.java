package io.heagent.agent.check;

import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.PlainConnect;
import io.heagent.agent.check.result.PlainConnect.End;
import io.heagent.agent.check.result.Target;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.report.FailureText;
import io.heagent.engine.report.TriedAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Finds out what a program on the JDK alone would have met, which connects to the first address
 * only. If that attempt has ended by itself in the race, or lasted for the whole timeout, the race
 * has shown it. If the race ended earlier, one plain connect is made to that address with the
 * timeout of the race, and later rounds use its result. One thread at a time.
 */
final class PlainProbe {

  private static final int NANOS_OF_MILLI = 1_000_000;

  /** Connects and closes; throws what the JDK throws. */
  interface Dialer {
    void dial(InetSocketAddress address, int timeoutMillis) throws IOException;
  }

  private final Dialer dialer;
  private final LongSupplier clock;
  private final long timeoutNanos;
  private final Map<InetAddress, PlainConnect> measured = new HashMap<>();

  PlainProbe(Dialer dialer, LongSupplier clock, long timeoutNanos) {
    this.dialer = dialer;
    this.clock = clock;
    this.timeoutNanos = timeoutNanos;
  }

  /** Connects with the JDK's own socket. */
  static void dial(InetSocketAddress address, int timeoutMillis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
    }
  }

  /**
   * What the JDK alone would have done.
   *
   * @return null if there is no address to connect to
   */
  PlainConnect of(Target target, CheckedRace race) {
    InetAddress first = race.requested();
    if (first == null) {
      return null;
    }
    for (AttemptSpan attempt : race.attempts()) {
      PlainConnect seen = attempt.remote().equals(first) ? seen(attempt) : null;
      if (seen != null) {
        return after(race.lookedUpNanos(), seen);
      }
    }
    PlainConnect known = measured.get(first);
    if (known == null) {
      known = measure(target, first);
      measured.put(first, known);
    }
    return after(race.lookedUpNanos(), known);
  }

  private static PlainConnect seen(AttemptSpan attempt) {
    InetAddress first = attempt.remote();
    if (attempt.outcome() == Outcome.WON) {
      return new PlainConnect(first, End.CONNECTED, attempt.nanos(), false, attempt.words());
    } else if (attempt.outcome() == Outcome.FAILED) {
      return new PlainConnect(first, End.FAILED, attempt.nanos(), false, attempt.words());
    } else if (attempt.outcome() == Outcome.TIMED_OUT) {
      return new PlainConnect(first, End.SILENT, attempt.nanos(), false, "no answer");
    }
    return null;
  }

  private PlainConnect measure(Target target, InetAddress first) {
    long begin = clock.getAsLong();
    try {
      dialer.dial(
          new InetSocketAddress(first, target.port()), (int) (timeoutNanos / NANOS_OF_MILLI));
      long nanos = clock.getAsLong() - begin;
      return new PlainConnect(first, End.CONNECTED, nanos, true, "connected");
    } catch (SocketTimeoutException silent) {
      return new PlainConnect(first, End.SILENT, clock.getAsLong() - begin, true, "no answer");
    } catch (IOException e) {
      long nanos = clock.getAsLong() - begin;
      String words =
          FailureText.words(new TriedAddress(first, Outcome.FAILED, nanos / NANOS_OF_MILLI, e));
      return new PlainConnect(first, End.FAILED, nanos, true, words);
    }
  }

  private static PlainConnect after(long lookedUpNanos, PlainConnect connect) {
    return new PlainConnect(
        connect.address(),
        connect.end(),
        lookedUpNanos + connect.nanos(),
        connect.measured(),
        connect.words());
  }
}
