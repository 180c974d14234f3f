package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The source of attempts. */
@SuppressWarnings("FutureReturnValueIgnored") // the log tells what happened
class RaceSourceTest {
  private final Lab lab = new Lab();

  /** A source that answers only when the test says so. */
  private final class Slow implements AttemptSource<String> {
    private final List<Answer<String>> questions = new ArrayList<>();

    @Override
    public void next(Answer<String> answer) {
      lab.say("asked");
      questions.add(answer);
    }

    @Override
    public void close() throws IOException {
      lab.say("closed");
    }

    private void answer() {
      questions.get(questions.size() - 1).attempt(lab.waiting());
    }
  }

  private final Slow slow = new Slow();

  @Test
  void i2SlowAnswersCountFromTheActualStart() {
    lab.start(slow, RaceOptions.defaults());
    lab.time.at(100);
    slow.answer();
    lab.time.at(500);
    slow.answer();
    lab.time.at(760);
    assertEquals(
        List.of("0 asked", "100 start 0", "350 asked", "500 start 1", "750 asked"), lab.log);
  }

  @Test
  void i2WinWhileTheSourceIsAsked() {
    lab.start(slow, RaceOptions.defaults());
    slow.answer();
    lab.time.at(300);
    lab.contexts.get(0).succeed("zero");
    slow.answer();
    assertEquals(List.of("0 asked", "0 start 0", "250 asked", "300 closed", "300 WON"), lab.log);
  }

  @Test
  void c10CancelWhileTheSourceIsAsked() {
    CompletableFuture<RaceResult<String>> future = lab.start(slow, RaceOptions.defaults());
    future.cancel(true);
    slow.answer();
    lab.time.through(9000);
    assertEquals(List.of("0 asked", "0 CancellationException", "0 closed"), lab.log);
    assertTrue(lab.contexts.isEmpty());
  }

  @Test
  void onlyTheFirstAnswerCounts() {
    lab.start(slow, RaceOptions.defaults());
    slow.answer();
    slow.answer();
    slow.questions.get(0).exhausted();
    slow.questions.get(0).error(new IOException());
    assertEquals(List.of("0 asked", "0 start 0"), lab.log);
  }

  @Test
  void i1SourceThatThrowsMidwayLetsTheRunningOnesWin() {
    IOException broken = new IOException("broken");
    List<Attempt<String>> once = new ArrayList<>(List.of(lab.waiting()));
    AttemptSource<String> source =
        answer -> {
          if (once.isEmpty()) {
            throw broken;
          }
          answer.attempt(once.remove(0));
        };
    CompletableFuture<RaceResult<String>> future = lab.start(source, RaceOptions.defaults());
    lab.time.at(900);
    lab.contexts.get(0).succeed("zero");
    assertEquals("zero", future.join().value());
    assertSame(broken, future.join().sourceError());
  }

  @Test
  void i1SourceThatThrowsAtOnce() {
    IOException broken = new IOException("broken");
    CompletableFuture<RaceResult<String>> future =
        lab.start(
            answer -> {
              throw broken;
            },
            RaceOptions.defaults());
    assertEquals(RaceResult.End.FAILED, future.join().end());
    assertSame(broken, future.join().sourceError());
    assertEquals(List.of(), future.join().attempts());
  }

  @Test
  void r5ErrorOfCloseIsReportedBesideTheFirst() {
    IOException first = new IOException("first");
    IOException second = new IOException("second");
    AttemptSource<String> source =
        new AttemptSource<>() {
          @Override
          public void next(Answer<String> answer) throws IOException {
            throw first;
          }

          @Override
          public void close() throws IOException {
            throw second;
          }
        };
    Throwable error = lab.start(source, RaceOptions.defaults()).join().sourceError();
    assertSame(first, error);
    assertSame(second, error.getSuppressed()[0]);
  }

  @Test
  void i3i4EndlessSourceIsNotReadAhead() {
    Iterator<Attempt<String>> endless = Stream.generate(lab::waiting).iterator();
    lab.start(AttemptSource.of(endless), RaceOptions.defaults());
    lab.time.at(600);
    lab.contexts.get(2).succeed("two");
    lab.time.through(9000);
    assertEquals(3, lab.contexts.size());
  }

  @Test
  void i7EmptySource() {
    RaceResult<String> result = lab.start(0).join();
    assertEquals(RaceResult.End.FAILED, result.end());
    assertEquals(-1, result.winner());
    assertNull(result.sourceError());
    assertEquals(List.of(), result.attempts());
  }

  @Test
  void iteratorThatGivesNullIsABrokenSource() {
    List<Attempt<String>> nulls = new ArrayList<>();
    nulls.add(null);
    RaceResult<String> result = lab.start(AttemptSource.of(nulls), RaceOptions.defaults()).join();
    assertTrue(result.sourceError() instanceof NullPointerException);
  }

  @Test
  void i8TenThousandInstantFailuresInARow() {
    Iterator<Attempt<String>> failing =
        Stream.<Attempt<String>>generate(() -> context -> context.failLocally(new IOException()))
            .limit(10_000)
            .iterator();
    RaceResult<String> result = lab.start(AttemptSource.of(failing), RaceOptions.defaults()).join();
    assertEquals(10_000, result.attempts().size());
    assertEquals(List.of("0 FAILED"), lab.log);
    assertEquals(0, lab.time.armed());
  }

  @Test
  void i8TenThousandThrowingStartsInARow() {
    Iterator<Attempt<String>> failing =
        Stream.<Attempt<String>>generate(
                () ->
                    context -> {
                      throw new IOException();
                    })
            .limit(10_000)
            .iterator();
    lab.start(AttemptSource.of(failing), RaceOptions.defaults());
    assertEquals(List.of("0 FAILED"), lab.log);
  }
}
