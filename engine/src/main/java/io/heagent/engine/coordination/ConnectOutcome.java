package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * How a connect has ended, made once by the race that ends.
 *
 * @param connected whether it has ended with a connection
 * @param tried the addresses tried in vain; empty where nothing is known, as the race was given up
 * @param unanswered for how long those of them were waited for that have not answered, in
 *     nanoseconds
 * @param lateNanos by how much the failed race was longer than the connect to the requested address
 *     alone, in nanoseconds
 * @param closed whether it has ended because the program has closed its channel, and for no other
 *     reason: the program's next connect may be under way already
 * @param byRacingClient whether it was left to a client that races by itself: its failure is none
 *     of a program that goes from address to address
 */
public record ConnectOutcome(
    boolean connected,
    List<InetAddress> tried,
    Map<InetAddress, Long> unanswered,
    long lateNanos,
    boolean closed,
    boolean byRacingClient) {

  /** It has a connection. */
  public static final ConnectOutcome CONNECTED =
      new ConnectOutcome(true, List.of(), Map.of(), 0, false, false);

  /** Nothing is known of it: something of ours broke, or nothing was dialled. */
  public static final ConnectOutcome UNKNOWN =
      new ConnectOutcome(false, List.of(), Map.of(), 0, false, false);

  /** All attempts have failed, or were given up. */
  public static ConnectOutcome failed(
      List<InetAddress> tried, Map<InetAddress, Long> unanswered, long lateNanos) {
    return new ConnectOutcome(false, tried, unanswered, lateNanos, false, false);
  }

  /** The same, ended by the program's close. */
  public ConnectOutcome afterClose() {
    return new ConnectOutcome(connected, tried, unanswered, lateNanos, true, byRacingClient);
  }

  /** The same, of a connect that was left to a client that races by itself. */
  public ConnectOutcome ofRacingClient() {
    return new ConnectOutcome(connected, tried, unanswered, lateNanos, closed, true);
  }
}
