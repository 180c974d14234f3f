package io.heagent.engine.race;

import io.heagent.engine.core.AttemptRecord;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * How a race ended. Immutable, but for what the value is itself.
 *
 * @param <T> what the attempts deliver
 * @param end which way
 * @param value what the winner delivered, which may be null; null without a winner
 * @param winner the winner's index in start order, -1 without one: this, not the value, tells
 *     whether there is a winner
 * @param attempts one record per started attempt in start order, times in nanoseconds since the
 *     start of the race
 * @param sourceError what the source threw, also beside a winner; null if nothing
 */
public record RaceResult<T>(
    End end, T value, int winner, List<AttemptRecord> attempts, Throwable sourceError) {

  /** The ways a race can end. A cancelled one has no result. */
  public enum End {
    /** An attempt has won. */
    WON,
    /** The source has no more and every attempt has failed (or there was none). */
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
   * @return may be null, which is as good a value as any
   * @throws NoSuchElementException without a winner
   */
  public T orElseThrow() {
    if (!isWon()) {
      throw new NoSuchElementException("no attempt has won: " + end);
    }
    return value;
  }
}
