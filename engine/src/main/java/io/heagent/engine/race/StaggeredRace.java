package io.heagent.engine.race;

import io.heagent.engine.time.Scheduler;
import io.heagent.engine.time.SystemScheduler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Races attempts that are started one after another, a delay apart, until the first succeeds (RFC
 * 8305 section 5, for anything that can be attempted and rolled back).
 *
 * <pre>{@code
 * StaggeredRace<Session> race = StaggeredRace.discarding(Session::close);
 * RaceResult<Session> result =
 *     race.run(
 *         AttemptSource.of(
 *             List.of(
 *                 Attempt.ofStage(() -> connectTo("near.example")),
 *                 Attempt.ofStage(() -> connectTo("far.example")))),
 *         RaceOptions.defaults().timeout(Duration.ofSeconds(5)));
 * Session session = result.orElseThrow();
 * }</pre>
 *
 * <p>The next attempt starts when the delay since the newest start has passed, or as soon as the
 * newest attempt fails. The delay never ends an attempt. The first success wins; all others are
 * cancelled, and whatever they deliver nevertheless goes to the discard function: every opened
 * thing is either the winner or discarded, exactly once.
 *
 * <p><b>Threads.</b> A race has none of its own. Attempts, sources, cancel handlers and the discard
 * function are called one at a time, on whichever thread brought the news: the caller's, a
 * reporter's, or the timer's. They must not block. A race can be used for any number of runs, also
 * at the same time.
 *
 * <p><b>Cancellation</b> (of the future, or by interrupting {@link #run}) works in every phase,
 * also while the source has yet to answer. Nothing is started after it, and a winner that arrives
 * together with it is discarded.
 *
 * <p><b>Errors.</b> Exceptions of attempts are their failures. An {@link Error}, thrown by an
 * attempt or a source or reported as a failure, ends the race: everything is cancelled, and the
 * error comes out of {@link #run} or the future. This holds with and without a delay. What cancel
 * handlers and the discard function throw changes no outcome; it goes to the thread's uncaught
 * exception handler.
 *
 * @param <T> what the attempts deliver
 */
public final class StaggeredRace<T> {
  private final Consumer<? super T> discard;
  private final Scheduler scheduler;

  /**
   * For other clocks than the system's.
   *
   * @param discard see {@link #discarding}
   * @param scheduler the clock and timers that the race goes by
   */
  public StaggeredRace(Consumer<? super T> discard, Scheduler scheduler) {
    this.discard = Objects.requireNonNull(discard, "discard");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
  }

  /**
   * A race on the system's clock.
   *
   * @param <T> what the attempts deliver
   * @param discard undoes a success that did not win, null values included; must not block
   */
  public static <T> StaggeredRace<T> discarding(Consumer<? super T> discard) {
    return new StaggeredRace<>(discard, SystemScheduler.shared());
  }

  /**
   * Runs a race and waits for its end.
   *
   * @param source used by this run alone
   * @return how it ended; all attempts but the winner have been cancelled and the source is closed
   * @throws InterruptedException if the thread is interrupted before the race (nothing is started
   *     then) or during it (it is cancelled then)
   */
  public RaceResult<T> run(AttemptSource<T> source, RaceOptions options)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    CompletableFuture<RaceResult<T>> future = start(source, options);
    try {
      return future.get();
    } catch (InterruptedException e) {
      if (!future.cancel(true) && !future.isCompletedExceptionally() && future.join().isWon()) {
        T late = future.join().value(); // it won in the same moment
        Guard.run(() -> discard.accept(late));
      }
      throw e;
    } catch (ExecutionException e) {
      // Nothing but an Error ends a race exceptionally; it is thrown as it is, for its type counts.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Starts a race; its first attempt starts on this thread.
   *
   * @param source used by this run alone
   * @return completes when the race ends. To complete or cancel it by any other way cancels the
   *     race. Dependent actions run on the thread that brought the end, and must not block.
   */
  public CompletableFuture<RaceResult<T>> start(AttemptSource<T> source, RaceOptions options) {
    Objects.requireNonNull(source, "source");
    RaceRun<T> run = new RaceRun<>(source, options, discard, scheduler);
    run.begin();
    return run.future();
  }
}
