package io.heagent.engine.race;

import java.util.Iterator;

/**
 * Supplies the attempts of a race. The race asks for one attempt at a time, when it needs it, so
 * the source may be endless, may reorder what it has not handed out, and may answer late (as a DNS
 * look-up does).
 *
 * <p>A race never calls a source from two threads at the same time.
 *
 * @param <T> what the attempts deliver
 */
@FunctionalInterface
public interface AttemptSource<T> {

  /**
   * Asks for the next attempt. This returns without blocking; the source answers during this call
   * or later, from any thread. The race does not call this again before it has the answer.
   *
   * @param answer takes the answer; never null
   * @throws Exception counts as the source's error: no further attempt starts, and the running ones
   *     go on and may win. An {@link Error} ends the whole race, see {@link StaggeredRace}.
   */
  void next(Answer<T> answer) throws Exception;

  /**
   * Called exactly once, when the race is over, and never during {@link #next}. An answer may still
   * be outstanding; it is ignored then.
   *
   * @throws Exception becomes the source's error, see {@link RaceResult#sourceError}
   */
  default void close() throws Exception {}

  /**
   * A source that takes one attempt at a time from an iterator, which may be endless.
   *
   * @param <T> what the attempts deliver
   * @param attempts without null; one thread at a time uses it, which may be any
   * @return a source for one race
   */
  static <T> AttemptSource<T> of(Iterator<? extends Attempt<T>> attempts) {
    return answer -> {
      if (attempts.hasNext()) {
        answer.attempt(attempts.next());
      } else {
        answer.exhausted();
      }
    };
  }

  /**
   * A source that iterates over a collection while the race goes on.
   *
   * @param <T> what the attempts deliver
   * @param attempts without null; it must not be changed before the race is over
   * @return a source for one race
   */
  static <T> AttemptSource<T> of(Iterable<? extends Attempt<T>> attempts) {
    return of(attempts.iterator());
  }

  /**
   * Takes the answer to one question. Thread-safe; the first answer counts. Answers after the end
   * of the race are ignored.
   *
   * @param <T> what the attempts deliver
   */
  interface Answer<T> {
    /** Answers with the next attempt, which is not null. It is not started if the race is over. */
    void attempt(Attempt<T> attempt);

    /** Answers that there are no more attempts. */
    void exhausted();

    /**
     * Answers that the source has failed, as if {@link AttemptSource#next} had thrown this. Not
     * null.
     */
    void error(Throwable error);
  }
}
