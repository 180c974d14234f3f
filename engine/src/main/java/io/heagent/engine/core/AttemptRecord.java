package io.heagent.engine.core;

/**
 * What happened to one started attempt.
 *
 * @param index 0 for the first started attempt, then 1, 2, …
 * @param startNanos when it started, on the clock the driver passes as {@code now}
 * @param endNanos when it ended, or when the race ended it; {@link RaceCore#NEVER} while running
 * @param outcome what became of it
 * @param cause why it failed; null for every other outcome, and where the driver gave none
 */
public record AttemptRecord(
    int index, long startNanos, long endNanos, Outcome outcome, Throwable cause) {

  static AttemptRecord started(int index, long now) {
    return new AttemptRecord(index, now, RaceCore.NEVER, Outcome.RUNNING, null);
  }

  AttemptRecord ended(long now, Outcome how, Throwable why) {
    return new AttemptRecord(index, startNanos, now, how, why);
  }

  /** Keeps the time at which the race ended the attempt, not the later time of its success. */
  AttemptRecord late() {
    return new AttemptRecord(index, startNanos, endNanos, Outcome.LATE, cause);
  }

  boolean isRunning() {
    return outcome == Outcome.RUNNING;
  }
}
