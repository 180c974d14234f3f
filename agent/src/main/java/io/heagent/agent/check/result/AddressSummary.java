package io.heagent.agent.check.result;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one address has done in several races.
 *
 * @param tried attempts at it
 * @param won attempts that have won
 * @param failed attempts that have failed by themselves
 * @param wonNanos how long each of those that have won took, the shortest first
 */
public record AddressSummary(
    InetAddress address, int tried, int won, int failed, List<Long> wonNanos) {

  /** Attempts that the race gave up: overtaken, dropped, or pending when the time was over. */
  public int unanswered() {
    return tried - won - failed;
  }

  /** One for each address that was tried, in the order in which they were tried first. */
  public static List<AddressSummary> of(List<CheckedRace> races) {
    Map<InetAddress, List<AttemptSpan>> byAddress = new LinkedHashMap<>();
    for (CheckedRace race : races) {
      for (AttemptSpan attempt : race.attempts()) {
        byAddress.computeIfAbsent(attempt.remote(), address -> new ArrayList<>()).add(attempt);
      }
    }
    List<AddressSummary> summaries = new ArrayList<>();
    byAddress.forEach((address, attempts) -> summaries.add(of(address, attempts)));
    return summaries;
  }

  private static AddressSummary of(InetAddress address, List<AttemptSpan> attempts) {
    List<Long> won = new ArrayList<>();
    int failed = 0;
    for (AttemptSpan attempt : attempts) {
      if (attempt.outcome() == Outcome.WON) {
        won.add(attempt.nanos());
      } else if (attempt.outcome() == Outcome.FAILED) {
        failed++;
      }
    }
    won.sort(null);
    return new AddressSummary(address, attempts.size(), won.size(), failed, List.copyOf(won));
  }

  /** The middle one of some times, the shortest first; of two in the middle the longer. */
  public static long median(List<Long> sorted) {
    return sorted.get(sorted.size() / 2);
  }
}
