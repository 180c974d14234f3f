package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Starts, winners and results of a race on the virtual clock. */
@SuppressWarnings("FutureReturnValueIgnored") // the log tells what happened
class StaggeredRaceTest {
  private final Lab lab = new Lab();

  @Test
  void secondAttemptWinsAndEverythingIsReported() {
    CompletableFuture<RaceResult<String>> future = lab.start(3);
    lab.time.at(300);
    lab.contexts.get(1).succeed("one");
    assertEquals(List.of("0 start 0", "250 start 1", "300 cancel 0 LOST", "300 WON"), lab.log);
    RaceResult<String> result = future.join();
    assertEquals("one", result.orElseThrow());
    assertEquals(1, result.winner());
    assertNull(result.sourceError());
    assertEquals(
        List.of(
            new AttemptRecord(0, 0, 300_000_000, Outcome.LOST, null),
            new AttemptRecord(1, 250_000_000, 300_000_000, Outcome.WON, null)),
        result.attempts());
    assertEquals(0, lab.time.armed(), "S3: nothing is armed after the race");
  }

  /** What runs when the race is over may look: the timer has gone before that. */
  @Test
  void s3TimerIsGoneBeforeAnybodyIsTold() {
    CompletableFuture<RaceResult<String>> future = lab.start(3);
    future.whenComplete((result, failure) -> lab.say(lab.time.armed() + " armed"));
    lab.time.at(100);
    lab.contexts.get(0).succeed("zero");
    assertTrue(lab.log.contains("100 0 armed"), () -> "" + lab.log);
  }

  @Test
  void failureStartsTheNextAtOnce() {
    lab.start(2);
    lab.time.at(100);
    lab.contexts.get(0).fail(new IOException("refused"));
    assertEquals(List.of("0 start 0", "100 start 1"), lab.log);
  }

  @Test
  void quickFailureKeepsTheGapUnlessLocal() {
    lab.start(3);
    lab.contexts.get(0).fail(new IOException("quick"));
    lab.time.at(20);
    lab.contexts.get(1).failLocally(new IOException("no route"));
    assertEquals(List.of("0 start 0", "10 start 1", "20 start 2"), lab.log);
  }

  @Test
  void w2w4LateSuccessIsDiscarded() {
    lab.start(2);
    lab.time.at(300);
    lab.contexts.get(1).succeed("one");
    lab.contexts.get(0).succeed("zero");
    assertEquals(List.of("zero"), lab.discarded);
  }

  @Test
  void secondSuccessOfTheWinnerIsDiscardedToo() {
    CompletableFuture<RaceResult<String>> future = lab.start(1);
    lab.contexts.get(0).succeed("first");
    lab.contexts.get(0).succeed("second");
    lab.contexts.get(0).fail(new IOException("nonsense"));
    assertEquals("first", future.join().value());
    assertEquals(List.of("second"), lab.discarded);
  }

  @Test
  void successAfterFailureIsDiscarded() {
    lab.start(2);
    lab.contexts.get(0).fail(new IOException());
    lab.contexts.get(0).succeed("zero");
    assertEquals(List.of("zero"), lab.discarded);
  }

  @Test
  void w6NullCanWinAndCanBeDiscarded() {
    CompletableFuture<RaceResult<String>> future = lab.start(2);
    lab.time.at(260);
    lab.contexts.get(0).succeed(null);
    lab.contexts.get(1).succeed(null);
    assertTrue(future.join().isWon());
    assertEquals(0, future.join().winner());
    assertNull(future.join().orElseThrow());
    assertEquals(Collections.singletonList(null), lab.discarded);
  }

  @Test
  void w7ImmediateSuccessStartsNoSuccessor() {
    Iterator<Attempt<String>> endless =
        Stream.<Attempt<String>>generate(
                () ->
                    context -> {
                      lab.say("start " + context.index());
                      context.succeed("now");
                    })
            .iterator();
    lab.start(AttemptSource.of(endless), RaceOptions.defaults());
    lab.time.through(5000);
    assertEquals(List.of("0 start 0", "0 WON"), lab.log);
  }

  @Test
  void w8SuccessAtTheVeryTickOfTheTimer() {
    lab.start(2);
    lab.time.at(250);
    lab.contexts.get(0).succeed("zero");
    lab.time.through(250);
    assertEquals(List.of("0 start 0", "250 WON"), lab.log);
  }

  @Test
  void allFailed() {
    CompletableFuture<RaceResult<String>> future = lab.start(2);
    IOException zero = new IOException("zero");
    lab.time.at(100);
    lab.contexts.get(0).fail(zero);
    lab.time.at(2000);
    lab.contexts.get(1).fail(null);
    RaceResult<String> result = future.join();
    assertEquals(List.of("0 start 0", "100 start 1", "2000 FAILED"), lab.log);
    assertEquals(-1, result.winner());
    assertFalse(result.isWon());
    assertSame(zero, result.attempts().get(0).cause());
    assertTrue(result.attempts().get(1).cause() instanceof NullPointerException);
    assertThrows(NoSuchElementException.class, result::orElseThrow);
  }

  @Test
  void o1TimeoutCoversTheWholeRace() {
    CompletableFuture<RaceResult<String>> future =
        lab.start(lab.sourceOf(9), RaceOptions.defaults().timeout(Duration.ofMillis(400)));
    lab.time.through(1000);
    assertEquals(
        List.of(
            "0 start 0",
            "250 start 1",
            "400 cancel 0 TIMED_OUT",
            "400 cancel 1 TIMED_OUT",
            "400 TIMED_OUT"),
        lab.log);
    assertEquals(RaceResult.End.TIMED_OUT, future.join().end());
    assertEquals(0, lab.time.armed());
  }

  @Test
  void s6SequentialGoesByFailureAlone() {
    lab.start(lab.sourceOf(2), RaceOptions.defaults().sequential());
    assertEquals(0, lab.time.armed());
    lab.time.at(90_000);
    lab.contexts.get(0).fail(new IOException());
    assertEquals(List.of("0 start 0", "90000 start 1"), lab.log);
  }

  @Test
  void s10CapDropsTheOldestBeforeTheNextStarts() {
    lab.start(lab.sourceOf(9), RaceOptions.defaults().maxInFlight(1));
    lab.time.through(250);
    assertEquals(List.of("0 start 0", "250 cancel 0 DROPPED", "250 start 1"), lab.log);
  }

  @Test
  void ownDelay() {
    lab.start(lab.sourceOf(2), RaceOptions.defaults().delay(Duration.ofMillis(10)));
    lab.time.through(10);
    assertEquals(List.of("0 start 0", "10 start 1"), lab.log);
  }

  @Test
  void timerThatFiresTooEarlyIsArmedAgain() {
    Scheduler hasty =
        new Scheduler() {
          private long early = 1_000_000;

          @Override
          public long now() {
            return lab.time.now();
          }

          @Override
          public Timer schedule(long atNanos, Runnable task) {
            Timer timer = lab.time.schedule(atNanos - early, task);
            early = 0;
            return timer;
          }
        };
    new StaggeredRace<String>(lab.discarded::add, hasty)
        .start(lab.sourceOf(2), RaceOptions.defaults());
    lab.time.through(250);
    assertEquals(List.of("0 start 0", "250 start 1"), lab.log);
  }
}
