package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * How a connect has ended. The race makes it once, when it ends. Immutable; times are in
 * nanoseconds.
 *
 * @param connected whether it has ended with a connection
 * @param tried the addresses that were tried without success; empty if nothing is known, because
 *     the race was given up
 * @param unanswered for each of these addresses that has not answered: how long the race waited for
 *     it
 * @param lateNanos by how much the failed race took longer than a connect to the requested address
 *     alone
 * @param closed whether the only reason for the end is that the program has closed its channel;
 *     then the program's next connect may be under way already
 * @param byRacingClient whether the connect was left to a client that races by itself; then its
 *     failure is no step of a {@link FailoverSequence}
 */
public record ConnectOutcome(
    boolean connected,
    List<InetAddress> tried,
    Map<InetAddress, Long> unanswered,
    long lateNanos,
    boolean closed,
    boolean byRacingClient) {

  /** The connect has ended with a connection. */
  public static final ConnectOutcome CONNECTED =
      new ConnectOutcome(true, List.of(), Map.of(), 0, false, false);

  /** Nothing is known of the connect: its race broke, or nothing was dialled. */
  public static final ConnectOutcome UNKNOWN =
      new ConnectOutcome(false, List.of(), Map.of(), 0, false, false);

  /** All attempts have failed or were given up. */
  public static ConnectOutcome failed(
      List<InetAddress> tried, Map<InetAddress, Long> unanswered, long lateNanos) {
    return new ConnectOutcome(false, tried, unanswered, lateNanos, false, false);
  }

  /** A copy for a connect that the program has ended by closing its channel. */
  public ConnectOutcome afterClose() {
    return new ConnectOutcome(connected, tried, unanswered, lateNanos, true, byRacingClient);
  }

  /** A copy for a connect that was left to a client that races by itself. */
  public ConnectOutcome ofRacingClient() {
    return new ConnectOutcome(connected, tried, unanswered, lateNanos, closed, true);
  }
}
