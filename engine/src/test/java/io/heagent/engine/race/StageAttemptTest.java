package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Attempts made of completion stages. */
class StageAttemptTest {
  private final Lab lab = new Lab();
  private final CompletableFuture<String> stage = new CompletableFuture<>();

  @Test
  void loserIsLeftAloneAndItsLateValueIsDiscarded() {
    RaceResult<String> result = raceWith(Attempt.ofStage(() -> stage));
    assertEquals(1, result.winner());
    assertFalse(stage.isDone());
    stage.complete("late");
    assertEquals(List.of("late"), lab.discarded);
  }

  @Test
  void ownWayToCancel() {
    raceWith(Attempt.ofStage(() -> stage, s -> s.cancel(true)));
    assertTrue(stage.isCancelled());
    assertEquals(List.of(), lab.discarded);
  }

  @Test
  void c5CancelledStageIsAFailure() {
    stage.cancel(true);
    RaceResult<String> result = raceWith(Attempt.ofStage(() -> stage));
    assertTrue(result.attempts().get(0).cause() instanceof CancellationException);
  }

  @Test
  void wrappedFailureIsUnwrapped() {
    IOException cause = new IOException();
    stage.completeExceptionally(new CompletionException(cause));
    assertSame(cause, raceWith(Attempt.ofStage(() -> stage)).attempts().get(0).cause());
  }

  @Test
  void i6SupplierThatThrowsOrGivesNullIsAFailure() {
    IllegalStateException thrown = new IllegalStateException();
    Attempt<String> throwing =
        Attempt.<String>ofStage(
            () -> {
              throw thrown;
            });
    assertSame(thrown, raceWith(throwing).attempts().get(0).cause());
    Throwable cause = raceWith(Attempt.<String>ofStage(() -> null)).attempts().get(0).cause();
    assertEquals("the supplier gave no stage", cause.getMessage());
  }

  /** Races the attempt against a second one that succeeds as soon as it starts. */
  private RaceResult<String> raceWith(Attempt<String> attempt) {
    List<Attempt<String>> both = List.of(attempt, context -> context.succeed("second"));
    CompletableFuture<RaceResult<String>> future =
        lab.start(AttemptSource.of(both), RaceOptions.defaults());
    lab.time.through(lab.time.ms() + 250);
    return future.join();
  }
}
