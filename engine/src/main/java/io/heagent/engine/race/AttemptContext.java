package io.heagent.engine.race;

import io.heagent.engine.core.Outcome;

/**
 * Takes the outcome of a started attempt. Thread-safe; the first report counts. A success is never
 * lost: every value that does not win goes to the race's discard function, even if it comes late,
 * is the second one of its attempt, or comes at the same time as a cancellation.
 *
 * @param <T> what the attempt delivers
 */
public interface AttemptContext<T> {

  /** This attempt's index in start order, from 0. */
  int index();

  /**
   * The attempt has succeeded.
   *
   * @param value may be null, which can win too; the race owns it from now on
   */
  void succeed(T value);

  /**
   * The attempt has failed. Ignored after any other report. After such a failure the race leaves at
   * least 10 ms between two starts.
   *
   * @param cause not null; an {@link Error} ends the whole race, see {@link StaggeredRace}
   */
  void fail(Throwable cause);

  /**
   * As {@link #fail}, for a failure that sent no packet (no route) or came within 10 ms (refused):
   * the next attempt starts at once.
   */
  void failLocally(Throwable cause);

  /**
   * Adds a handler that stops the attempt. It runs once at most: when the race gives this attempt
   * up, or at once if the race has done so already; it does not run after the attempt has reported.
   * It must be quick, because the race's outcome waits for it, and may run on any thread. What it
   * throws goes to that thread's uncaught exception handler.
   *
   * @param handler stops the attempt and releases what it holds
   */
  void onCancel(Runnable handler);

  /**
   * Why the race has given this attempt up.
   *
   * @return null if the race has not given it up
   */
  Outcome cancelReason();
}
