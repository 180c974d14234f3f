package io.heagent.engine.race;

import io.heagent.engine.time.Scheduler;
import io.heagent.engine.time.SystemScheduler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Starts attempts one after another, a delay apart, until the first succeeds (RFC 8305 section 5,
 * for anything that can be attempted and rolled back).
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
 * newest attempt fails. The delay never ends an attempt. The first success wins; all other attempts
 * are cancelled, and a value that one of them delivers nevertheless goes to the discard function.
 * So every value either wins or is discarded, exactly once.
 *
 * <p><b>Threads.</b> A race starts no thread. Attempts, sources, cancel handlers and the discard
 * function are called one at a time, on the thread that reports an event: the caller's, that of an
 * attempt, or the timer's. They must not block. Any thread may use this object, for any number of
 * runs at the same time.
 *
 * <p><b>Cancellation</b> (of the future, or by interrupting {@link #run}) works in every phase,
 * also while the source has not answered. No attempt starts after it, and a winner that arrives at
 * the same time is discarded.
 *
 * <p><b>Errors.</b> An exception of an attempt is its failure. An {@link Error} that an attempt or
 * a source throws or reports ends the race: all attempts are cancelled, and {@link #run} throws the
 * error, or the future completes with it. What cancel handlers and the discard function throw goes
 * to the thread's uncaught exception handler and does not change the outcome.
 *
 * @param <T> what the attempts deliver
 */
public final class StaggeredRace<T> {
  private final Consumer<? super T> discard;
  private final Scheduler scheduler;

  /**
   * A race on any clock.
   *
   * @param discard see {@link #discarding}
   * @param scheduler the clock and timers of the race
   */
  public StaggeredRace(Consumer<? super T> discard, Scheduler scheduler) {
    this.discard = Objects.requireNonNull(discard, "discard");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
  }

  /**
   * A race on the system's clock.
   *
   * @param <T> what the attempts deliver
   * @param discard undoes a success that did not win; gets null values too; must not block
   */
  public static <T> StaggeredRace<T> discarding(Consumer<? super T> discard) {
    return new StaggeredRace<>(discard, SystemScheduler.shared());
  }

  /**
   * Runs a race and waits for its end.
   *
   * @param source used by this run alone
   * @return how the race ended; all attempts but the winner have been cancelled, and the source is
   *     closed
   * @throws InterruptedException if the thread is interrupted before the race (then nothing was
   *     started) or during it (then the race has been cancelled)
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
        T late = future.join().value(); // an attempt has won at the same moment
        Guard.run(() -> discard.accept(late));
      }
      throw e;
    } catch (ExecutionException e) {
      // Only an Error ends a race exceptionally. It is thrown as it is, because callers go by its
      // type.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Starts a race. Its first attempt starts on this thread.
   *
   * @param source used by this run alone
   * @return completes when the race ends. If the caller completes or cancels it, the race is
   *     cancelled. Dependent actions run on the thread whose event ended the race, and must not
   *     block.
   */
  public CompletableFuture<RaceResult<T>> start(AttemptSource<T> source, RaceOptions options) {
    Objects.requireNonNull(source, "source");
    RaceRun<T> run = new RaceRun<>(source, options, discard, scheduler);
    run.begin();
    return run.future();
  }
}
