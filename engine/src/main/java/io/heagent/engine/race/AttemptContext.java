package io.heagent.engine.race;

import io.heagent.engine.core.Outcome;

/**
 * Where a started attempt reports its outcome. Thread-safe; the first report counts. A success is
 * never lost: whatever is not the winner goes to the race's discard function, be it late, second,
 * or together with a cancellation.
 *
 * @param <T> what the attempt delivers
 */
public interface AttemptContext<T> {

  /** This attempt's place in start order, from 0. */
  int index();

  /**
   * The goal is reached.
   *
   * @param value may be null, which is as good a winner as any; from here on it belongs to the race
   */
  void succeed(T value);

  /**
   * The attempt has failed; ignored after any other report. After such a failure the race keeps 10
   * ms between two starts.
   *
   * @param cause not null; an {@link Error} ends the whole race, see {@link StaggeredRace}
   */
  void fail(Throwable cause);

  /**
   * As {@link #fail}, for a failure that cost the network nothing (no route) or was immediate
   * (refused within 10 ms): the next attempt starts at once.
   */
  void failLocally(Throwable cause);

  /**
   * Says how to stop. Each handler runs once at most, when the race gives this attempt up; at once
   * if it has done so already; never after the attempt has reported. It must be quick (the outcome
   * of the race waits for it) and must not expect to be on any particular thread. What it throws
   * goes to that thread's uncaught exception handler.
   *
   * @param handler stops the attempt and lets go of what it holds
   */
  void onCancel(Runnable handler);

  /**
   * Why the race has given this attempt up.
   *
   * @return null as long as it has not
   */
  Outcome cancelReason();
}
