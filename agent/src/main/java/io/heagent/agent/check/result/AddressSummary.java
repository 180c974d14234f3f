package io.heagent.agent.check.result;

import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one address in several races.
 *
 * @param tried the number of attempts
 * @param won the number of attempts that have won
 * @param failed the number of attempts that have failed by themselves
 * @param wonNanos the duration of each attempt that has won, the shortest first
 */
public record AddressSummary(
    InetAddress address, int tried, int won, int failed, List<Long> wonNanos) {

  /**
   * The number of attempts that the race gave up: another address won, too many attempts were in
   * flight, or the time was over.
   */
  public int unanswered() {
    return tried - won - failed;
  }

  /**
   * A summary for each address that was tried, in the order in which the addresses were first
   * tried.
   */
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

  /**
   * The median of durations that are sorted, the shortest first; if two are in the middle, the
   * longer one.
   */
  public static long median(List<Long> sorted) {
    return sorted.get(sorted.size() / 2);
  }
}
