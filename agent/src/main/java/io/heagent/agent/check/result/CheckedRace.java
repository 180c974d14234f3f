package io.heagent.agent.check.result;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One race from its first look-up to its end.
 *
 * @param lookups in the order in which they began
 * @param attempts in start order
 * @param leftOut addresses that were not tried
 * @param end how it ended
 * @param endNanos when
 * @param failure the message that a program would have seen; null where it connected
 * @param requested the address that a program on the JDK alone connects to; null if there is none
 * @param plain what such a program would have met; null where that is not known (yet)
 */
public record CheckedRace(
    List<LookupSpan> lookups,
    List<AttemptSpan> attempts,
    List<LeftOut> leftOut,
    End end,
    long endNanos,
    String failure,
    InetAddress requested,
    PlainConnect plain) {

  /** How a race ends. */
  public enum End {
    CONNECTED,
    /** Every address has failed. */
    FAILED,
    TIMED_OUT,
    /** There was no address to try. */
    NO_ADDRESS;

    /** The word as it is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The same race with what the JDK alone would have done. */
  public CheckedRace with(PlainConnect known) {
    return new CheckedRace(lookups, attempts, leftOut, end, endNanos, failure, requested, known);
  }

  /** The attempt that has won; null if none has. */
  public AttemptSpan winner() {
    for (AttemptSpan attempt : attempts) {
      if (attempt.outcome() == Outcome.WON) {
        return attempt;
      }
    }
    return null;
  }

  /** When the addresses were known; 0 where nothing was looked up. */
  public long lookedUpNanos() {
    long last = 0;
    for (LookupSpan lookup : lookups) {
      last = Math.max(last, lookup.endNanos());
    }
    return last;
  }

  /** What the resolver has answered, left out or not. */
  public List<InetAddress> addresses() {
    List<InetAddress> all = new ArrayList<>();
    lookups.forEach(lookup -> all.addAll(lookup.addresses()));
    return all;
  }
}
