package io.heagent.agent.check.result;

import java.util.List;

/**
 * Everything that was found out about one target.
 *
 * @param conditions how it was raced
 * @param notRaced why the agent would leave such a connect alone; null if it would not
 * @param rounds at least one round
 */
public record TargetReport(
    Target target, Conditions conditions, NotRaced notRaced, List<CheckedRace> rounds) {

  /**
   * How a target was raced.
   *
   * @param delayNanos the Connection Attempt Delay; {@link Long#MAX_VALUE} for none
   * @param order the setting {@code order}
   * @param scope the setting {@code scope}
   * @param family 4, 6 or any
   * @param resolve the setting {@code resolve}
   * @param timeoutNanos the timeout of one race, which includes the look-up
   */
  public record Conditions(
      long delayNanos,
      String order,
      String scope,
      String family,
      String resolve,
      long timeoutNanos) {}

  /** The worst round: the first that has failed, or the longest if none has failed. */
  public CheckedRace worst() {
    CheckedRace worst = rounds.get(0);
    for (CheckedRace race : rounds) {
      if (race.end() != CheckedRace.End.CONNECTED) {
        return race;
      }
      worst = race.endNanos() > worst.endNanos() ? race : worst;
    }
    return worst;
  }

  /** Whether every round has connected. */
  public boolean isReached() {
    return rounds.stream().allMatch(race -> race.end() == CheckedRace.End.CONNECTED);
  }
}
