package io.heagent.engine.race;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One attempt, which a {@link StaggeredRace} starts when its turn comes. It may never be started.
 *
 * @param <T> what the attempt delivers
 */
@FunctionalInterface
public interface Attempt<T> {

  /**
   * Begins the attempt and returns without blocking. The attempt reports its outcome to {@code
   * context}, during this call or later, from any thread. The race calls this once at most.
   *
   * @param context where to report to; never null
   * @throws Exception counts as a failure before anything was sent: the next attempt starts at
   *     once. An {@link Error} ends the whole race, see {@link StaggeredRace}.
   */
  void start(AttemptContext<T> context) throws Exception;

  /**
   * The delay between the start of this attempt and that of the next one, if it should differ from
   * the race's (RFC 8305 section 5 allows a delay that depends on what is known of the host). The
   * race calls this once, before the start.
   *
   * @return nanoseconds ({@link Long#MAX_VALUE}: only when this one fails; what is less than 10 ms
   *     counts as 10 ms), or -1 for the delay of the {@link RaceOptions}
   */
  default long delayNanos() {
    return -1;
  }

  /**
   * An attempt made of an asynchronous computation. When the race cancels the attempt, the stage is
   * not cancelled: cancelling a {@code CompletableFuture} does not stop its computation and hides
   * the value that this delivers later, so that the value would leak. Instead the late value goes
   * to the race's discard function. An exceptional completion is a failure (a {@link
   * CompletionException} is unwrapped), and so is a cancelled stage.
   *
   * @param supplier starts the computation; a null stage is a failure
   */
  static <T> Attempt<T> ofStage(Supplier<? extends CompletionStage<? extends T>> supplier) {
    return ofStage(supplier, stage -> {});
  }

  /**
   * As {@link #ofStage(Supplier)}, with a way to tell the computation that it is no longer needed.
   * A value that it delivers nevertheless is discarded.
   *
   * @param <S> the type of the stage
   * @param cancel called once at most, from any thread, when the race gives the attempt up
   */
  static <T, S extends CompletionStage<? extends T>> Attempt<T> ofStage(
      Supplier<S> supplier, Consumer<? super S> cancel) {
    return context -> {
      S stage = Objects.requireNonNull(supplier.get(), "the supplier gave no stage");
      context.onCancel(() -> cancel.accept(stage));
      stage.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              context.succeed(value);
            } else {
              boolean wrapped =
                  failure instanceof CompletionException && failure.getCause() != null;
              context.fail(wrapped ? failure.getCause() : failure);
            }
          });
    };
  }
}
