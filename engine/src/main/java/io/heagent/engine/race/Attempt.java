package io.heagent.engine.race;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One way to the goal, started by a {@link StaggeredRace} if and when its turn comes.
 *
 * @param <T> what the attempt delivers
 */
@FunctionalInterface
public interface Attempt<T> {

  /**
   * Begins, and returns without blocking; the outcome is reported to {@code context}, during this
   * call or later, from any thread. The race calls this once at most.
   *
   * @param context where to report to; never null
   * @throws Exception counts as a failure at once, before anything was sent: the next attempt
   *     starts without delay. An {@link Error} ends the whole race, see {@link StaggeredRace}.
   */
  void start(AttemptContext<T> context) throws Exception;

  /**
   * The delay between the start of this attempt and that of the next one, where it should be
   * another than the race's (RFC 8305 section 5: what is known of the host may tune it). Asked
   * once, before the start.
   *
   * @return nanoseconds ({@link Long#MAX_VALUE}: only when this one fails; what is less than 10 ms
   *     counts as 10 ms), or -1 for the delay of the {@link RaceOptions}
   */
  default long delayNanos() {
    return -1;
  }

  /**
   * An attempt made of an asynchronous computation. Cancelling it leaves the stage alone, because
   * to cancel a {@code CompletableFuture} neither stops what computes it nor lets its late value be
   * seen: the value would leak. So a stage that completes late is handed to the race's discard
   * function. An exceptional completion is a failure ({@link CompletionException} is unwrapped), a
   * cancelled stage likewise.
   *
   * @param supplier starts the computation; a null stage is a failure
   */
  static <T> Attempt<T> ofStage(Supplier<? extends CompletionStage<? extends T>> supplier) {
    return ofStage(supplier, stage -> {});
  }

  /**
   * As {@link #ofStage(Supplier)}, with a way to tell the computation that it is not needed any
   * more. Whatever it delivers nevertheless is discarded.
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
