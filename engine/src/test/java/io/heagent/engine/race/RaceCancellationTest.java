package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.Outcome;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Cancellation and errors. */
@SuppressWarnings("FutureReturnValueIgnored") // the log tells what happened
class RaceCancellationTest {
  private final Lab lab = new Lab();

  @Test
  void c1CancellingTheFutureEndsEverythingAtOnce() {
    CompletableFuture<RaceResult<String>> future = lab.start(5);
    lab.time.at(300);
    assertTrue(future.cancel(true));
    lab.time.through(10_000);
    assertEquals(
        List.of(
            "0 start 0",
            "250 start 1",
            "300 CancellationException",
            "300 cancel 0 CANCELLED",
            "300 cancel 1 CANCELLED"),
        lab.log);
    assertEquals(0, lab.time.armed());
  }

  @Test
  void w5SuccessTogetherWithCancelIsDiscarded() {
    CompletableFuture<RaceResult<String>> future = lab.start(1);
    future.cancel(true);
    lab.contexts.get(0).succeed("late");
    assertEquals(List.of("late"), lab.discarded);
  }

  @Test
  void w5CancelFromWithinTheWin() {
    // The source is closed after the winner is decided and before the result is delivered.
    List<CompletableFuture<RaceResult<String>>> futures = new ArrayList<>();
    AttemptSource<String> source =
        new AttemptSource<>() {
          @Override
          public void next(Answer<String> answer) {
            answer.attempt(lab.waiting());
          }

          @Override
          public void close() {
            futures.get(0).cancel(true);
          }
        };
    futures.add(lab.start(source, RaceOptions.defaults()));
    lab.contexts.get(0).succeed("winner");
    assertTrue(futures.get(0).isCancelled());
    assertEquals(List.of("winner"), lab.discarded);
  }

  @Test
  void completingTheFutureByHandCancelsTheRace() {
    CompletableFuture<RaceResult<String>> future = lab.start(2);
    future.completeExceptionally(new TimeoutException());
    lab.contexts.get(0).succeed("late");
    assertEquals(List.of("0 start 0", "0 TimeoutException", "0 cancel 0 CANCELLED"), lab.log);
    assertEquals(List.of("late"), lab.discarded);
  }

  @Test
  void c4CancelledAttemptThatFailsChangesNothing() {
    CompletableFuture<RaceResult<String>> future = lab.start(2);
    future.cancel(true);
    lab.contexts.get(0).fail(new IOException("closed"));
    assertTrue(future.isCancelled());
    assertEquals(1, lab.contexts.size());
  }

  @Test
  void c7r6OneThrowingHandlerStopsNoOther() {
    List<Throwable> uncaught = new ArrayList<>();
    Thread thread = Thread.currentThread();
    thread.setUncaughtExceptionHandler((t, e) -> uncaught.add(e));
    try {
      RuntimeException thrown = new RuntimeException("close failed");
      CompletableFuture<RaceResult<String>> future = lab.start(3);
      lab.time.at(501);
      lab.contexts.get(0).onCancel(() -> rethrow(thrown));
      lab.contexts.get(2).succeed("two");
      assertEquals("two", future.join().value());
      assertEquals(List.of(thrown), uncaught);
      assertEquals("501 cancel 1 LOST", lab.log.get(4));
    } finally {
      thread.setUncaughtExceptionHandler(null);
    }
  }

  @Test
  void handlersRunOnceAndAtOnceWhenTooLate() {
    lab.start(2);
    lab.time.at(300);
    AttemptContext<String> loser = lab.contexts.get(0);
    assertNull(loser.cancelReason());
    lab.contexts.get(1).succeed("one");
    assertEquals(Outcome.LOST, loser.cancelReason());
    List<String> ran = new ArrayList<>();
    loser.onCancel(() -> ran.add("loser"));
    lab.contexts.get(1).onCancel(() -> ran.add("winner"));
    assertEquals(List.of("loser"), ran);
    loser.succeed("late");
    loser.onCancel(() -> ran.add("reported"));
    assertEquals(List.of("loser"), ran);
  }

  @Test
  void c16SuccessDuringStartOfASecondAttemptCancelsTheFirst() {
    Attempt<String> instant = context -> context.succeed("instant");
    CompletableFuture<RaceResult<String>> future =
        lab.start(AttemptSource.of(List.of(lab.waiting(), instant)), RaceOptions.defaults());
    lab.time.through(250);
    assertEquals(1, future.join().winner());
    assertEquals(List.of("0 start 0", "250 cancel 0 LOST", "250 WON"), lab.log);
  }

  @Test
  void s9ThrowingStartCostsNothing() {
    IOException broken = new IOException("no such family");
    Attempt<String> throwing =
        context -> {
          throw broken;
        };
    CompletableFuture<RaceResult<String>> future =
        lab.start(AttemptSource.of(List.of(throwing, lab.waiting())), RaceOptions.defaults());
    assertEquals(List.of("0 start 1"), lab.log);
    lab.contexts.get(0).succeed("one");
    assertSame(broken, future.join().attempts().get(0).cause());
  }

  @Test
  void e7ErrorEndsTheRaceWhereverItComesFrom() {
    for (RaceOptions options :
        List.of(RaceOptions.defaults(), RaceOptions.defaults().sequential())) {
      AssertionError error = new AssertionError("fatal");
      Attempt<String> throwing =
          context -> {
            throw error;
          };
      assertFatal(error, AttemptSource.of(List.of(throwing, lab.waiting())), options);
      assertFatal(error, AttemptSource.of(List.of(context -> context.fail(error))), options);
      assertFatal(
          error,
          answer -> {
            throw error;
          },
          options);
      assertFatal(error, answer -> answer.error(error), options);
    }
    assertEquals(0, lab.time.armed());
  }

  private void assertFatal(Error error, AttemptSource<String> source, RaceOptions options) {
    CompletableFuture<RaceResult<String>> future = lab.race.start(source, options);
    assertSame(error, assertThrows(CompletionException.class, future::join).getCause());
    assertFalse(future.isCancelled());
    assertTrue(lab.contexts.isEmpty(), "nothing starts after an error");
  }

  @Test
  void e7ErrorCancelsTheOthers() {
    lab.start(3);
    lab.time.at(300);
    lab.contexts.get(1).fail(new OutOfMemoryError("pretended"));
    assertEquals(
        List.of("0 start 0", "250 start 1", "300 cancel 0 CANCELLED", "300 OutOfMemoryError"),
        lab.log);
  }

  /** Without its timers the race could hang for ever, so it ends, and nothing goes on. */
  @Test
  void schedulerWithoutATimerEndsTheRace() {
    assertTimerFatal(new OutOfMemoryError("pretended"), 1);
    assertTimerFatal(new RejectedExecutionException("pretended"), 2);
  }

  private void assertTimerFatal(Throwable none, int timers) {
    Lab other = new Lab();
    Scheduler failing =
        new Scheduler() {
          private int left = timers;

          @Override
          public long now() {
            return other.time.now();
          }

          @Override
          public Timer schedule(long atNanos, Runnable task) {
            if (--left == 0) {
              RaceCancellationTest.<RuntimeException>sneak(none);
            }
            return other.time.schedule(atNanos, task);
          }
        };
    CompletableFuture<RaceResult<String>> future =
        new StaggeredRace<String>(other.discarded::add, failing)
            .start(other.sourceOf(5), RaceOptions.defaults());
    other.time.through(10_000);
    assertSame(none, assertThrows(CompletionException.class, future::join).getCause());
    List<String> expected = new ArrayList<>();
    int end = (timers - 1) * 250;
    for (int i = 0; i < timers; i++) {
      expected.add(i * 250 + " start " + i);
    }
    for (int i = 0; i < timers; i++) {
      expected.add(end + " cancel " + i + " CANCELLED");
    }
    assertEquals(expected, other.log);
    assertEquals(0, other.time.armed());
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static void rethrow(RuntimeException exception) {
    throw exception;
  }
}
