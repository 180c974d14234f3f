package io.heagent.engine.race;

import java.util.Iterator;

/**
 * Where a race takes its attempts from: one by one, only when it needs the next, so that the source
 * may be endless, may reorder what it has not handed out, and may take its time (as DNS does).
 *
 * <p>A race never calls a source from two threads at the same time.
 *
 * @param <T> what the attempts deliver
 */
@FunctionalInterface
public interface AttemptSource<T> {

  /**
   * Asks for the next attempt. Returns without blocking; the answer may come during this call or
   * later, from any thread. It is not called again before the answer.
   *
   * @param answer where to put the answer; never null
   * @throws Exception is the source's error: no further attempt starts, the running ones go on and
   *     may win. An {@link Error} ends the whole race, see {@link StaggeredRace}.
   */
  void next(Answer<T> answer) throws Exception;

  /**
   * Called exactly once when the race is over, never during {@link #next}, possibly while an answer
   * is outstanding, which is ignored then.
   *
   * @throws Exception is reported as the source's error
   */
  default void close() throws Exception {}

  /**
   * A source over an iterator, which is asked for one element at a time; it may be endless.
   *
   * @param <T> what the attempts deliver
   * @param attempts without null; used by one race at a time, on any thread
   * @return for one race
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
   * A source over a collection; iterated as the race goes on.
   *
   * @param <T> what the attempts deliver
   * @param attempts without null; not to be changed before the race is over
   * @return for one race
   */
  static <T> AttemptSource<T> of(Iterable<? extends Attempt<T>> attempts) {
    return of(attempts.iterator());
  }

  /**
   * Takes the answer to one question. Thread-safe; the first answer counts, and none after the end
   * of the race.
   *
   * @param <T> what the attempts deliver
   */
  interface Answer<T> {
    /** Here is the next attempt; not null. If the race is over it is never started. */
    void attempt(Attempt<T> attempt);

    /** There are no more. */
    void exhausted();

    /** The source is broken: as if {@link AttemptSource#next} had thrown this. Not null. */
    void error(Throwable error);
  }
}
