package io.heagent.engine.race;

import io.heagent.engine.core.AttemptRecord;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * How a race ended. Immutable, except for the winner's value if that is mutable.
 *
 * @param <T> what the attempts deliver
 * @param end in which way the race ended
 * @param value what the winner delivered, which may be null; null if there is no winner
 * @param winner the winner's index in start order, -1 if there is no winner
 * @param attempts one record for each started attempt in start order, with times in nanoseconds
 *     since the start of the race
 * @param sourceError what the source threw, also if there is a winner; null if it threw nothing
 */
public record RaceResult<T>(
    End end, T value, int winner, List<AttemptRecord> attempts, Throwable sourceError) {

  /** The ways in which a race can end. A cancelled race has no result. */
  public enum End {
    /** An attempt has won. */
    WON,
    /** The source has no more attempts, and every attempt has failed, or there was none. */
    FAILED,
    /** The timeout of the race has passed. */
    TIMED_OUT
  }

  /** Whether an attempt has won. */
  public boolean isWon() {
    return end == End.WON;
  }

  /**
   * The winner's value.
   *
   * @return may be null, if the winner has delivered null
   * @throws NoSuchElementException if there is no winner
   */
  public T orElseThrow() {
    if (!isWon()) {
      throw new NoSuchElementException("no attempt has won: " + end);
    }
    return value;
  }
}
