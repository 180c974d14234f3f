package io.heagent.agent.check.result;

import java.util.List;

/**
 * All that was found out about one target.
 *
 * @param conditions how it was raced
 * @param notRaced why the agent would leave such a connect alone; null if it would not
 * @param rounds at least one
 */
public record TargetReport(
    Target target, Conditions conditions, NotRaced notRaced, List<CheckedRace> rounds) {

  /**
   * How a target was raced.
   *
   * @param delayNanos the Connection Attempt Delay; {@link Long#MAX_VALUE} for none
   * @param order the setting of that name
   * @param scope the setting of that name
   * @param family 4, 6 or any
   * @param timeoutNanos of one race, look-up included
   */
  public record Conditions(
      long delayNanos, String order, String scope, String family, long timeoutNanos) {}

  /** The round to look at: the first that has failed, else the one that took longest. */
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
