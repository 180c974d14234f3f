package io.heagent.agent.check.result;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One race from its first look-up to its end.
 *
 * @param lookups the look-ups in the order in which they began
 * @param attempts the attempts in the order in which they began
 * @param leftOut the addresses that were not tried
 * @param end how the race ended
 * @param endNanos when the race ended
 * @param failure the message that a program would have seen; null if it connected
 * @param requested the address that a program on the JDK alone connects to; null if there is none
 * @param plain what such a program would have met; null if that is not known yet
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
    /** Every attempt has failed. */
    FAILED,
    TIMED_OUT,
    /** The name has no address that may be tried. */
    NO_ADDRESS;

    /** The word that is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The same race, completed by what the JDK alone would have done. */
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

  /** Whether the race was not allowed to try an address, as by an option of the check. */
  public boolean isKeptFrom(InetAddress address) {
    for (LeftOut one : leftOut) {
      if (one.address().equals(address) && one.reason() != LeftOut.Reason.TURN) {
        return true;
      }
    }
    return false;
  }

  /**
   * When the last answer came, to which a program on the JDK alone waits; 0 if nothing was looked
   * up. The race may have ended before.
   */
  public long lookedUpNanos() {
    long last = 0;
    for (LookupSpan lookup : lookups) {
      last = Math.max(last, lookup.endNanos());
    }
    return last;
  }

  /** Whether a program on the JDK alone would wait for longer than {@link #lookedUpNanos}. */
  public boolean isLookedUpLonger() {
    return !attempts.isEmpty() && !lookups.stream().allMatch(LookupSpan::isAnswered);
  }

  /** All addresses of the resolver's answers, also those that were not tried. */
  public List<InetAddress> addresses() {
    Set<InetAddress> all = new LinkedHashSet<>();
    lookups.forEach(lookup -> all.addAll(lookup.addresses()));
    return List.copyOf(all);
  }
}
