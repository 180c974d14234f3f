package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link StaggeredRace#run} on the system's clock, with real threads; no times are asserted. */
@Tag("socket")
class BlockingRaceTest {
  private final AtomicInteger discarded = new AtomicInteger();
  private final StaggeredRace<String> race =
      StaggeredRace.discarding(value -> discarded.incrementAndGet());

  @Test
  void realTimerStartsTheSecond() throws InterruptedException {
    Attempt<String> deaf = context -> {};
    RaceResult<String> result =
        race.run(
            AttemptSource.of(List.of(deaf, context -> context.succeed("second"))),
            RaceOptions.defaults().delay(Duration.ofMillis(10)));
    assertEquals("second", result.orElseThrow());
    assertTrue(result.attempts().get(1).startNanos() >= 10_000_000, "not before the delay");
  }

  @Test
  void realTimeout() throws InterruptedException {
    long begin = System.nanoTime();
    RaceResult<String> result =
        race.run(
            AttemptSource.of(List.of(context -> {})),
            RaceOptions.defaults().timeout(Duration.ofMillis(20)));
    assertEquals(RaceResult.End.TIMED_OUT, result.end());
    assertTrue(System.nanoTime() - begin >= 20_000_000, "not before the timeout");
    // There may be no attempt, if the machine is so slow that the timeout passes before the first
    // one begins.
    result.attempts().forEach(attempt -> assertTrue(attempt.endNanos() >= 20_000_000));
  }

  @Test
  void interruptCancels() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Attempt<String> waiting =
        context -> {
          context.onCancel(cancelled::countDown);
          started.countDown();
        };
    Thread thread =
        new Thread(
            () ->
                thrown.complete(
                    assertThrows(
                        InterruptedException.class,
                        () ->
                            race.run(AttemptSource.of(List.of(waiting)), RaceOptions.defaults()))));
    thread.start();
    started.await();
    thread.interrupt();
    cancelled.await();
    assertTrue(thrown.join() instanceof InterruptedException);
  }

  @Test
  void interruptedBeforeStartsNothing() {
    Thread.currentThread().interrupt();
    AttemptSource<String> source =
        answer -> {
          throw new AssertionError("asked");
        };
    assertThrows(InterruptedException.class, () -> race.run(source, RaceOptions.defaults()));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void e7ErrorComesOutAsItIs() {
    StackOverflowError error = new StackOverflowError();
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () ->
                race.run(
                    AttemptSource.of(List.of(context -> context.fail(error))),
                    RaceOptions.defaults())));
  }

  @Test
  void w1OpenedMinusClosedIsOneWhenAllSucceedAtTheSameTime() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 40; round++) {
        BlockingQueue<String> undone = new LinkedBlockingQueue<>();
        CountDownLatch allRun = new CountDownLatch(4);
        Attempt<String> attempt =
            context -> {
              pool.execute(
                  () -> {
                    awaitQuietly(allRun);
                    context.succeed("v" + context.index());
                  });
              allRun.countDown();
            };
        RaceResult<String> result =
            StaggeredRace.<String>discarding(undone::add)
                .run(
                    AttemptSource.of(Collections.nCopies(4, attempt)),
                    RaceOptions.defaults().delay(Duration.ofMillis(10)));
        Set<String> all = new HashSet<>(Set.of(result.orElseThrow()));
        for (int i = 0; i < 3; i++) {
          assertTrue(all.add(undone.take()), "each is the winner or discarded, never both");
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void cancelAgainstWinLosesNothing() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        discarded.set(0);
        CompletableFuture<AttemptContext<String>> context = new CompletableFuture<>();
        CompletableFuture<RaceResult<String>> future =
            race.start(AttemptSource.of(List.of(context::complete)), RaceOptions.defaults());
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> win =
            CompletableFuture.runAsync(
                () -> {
                  awaitQuietly(go);
                  context.join().succeed("winner");
                },
                pool);
        CompletableFuture<Void> cancel =
            CompletableFuture.runAsync(
                () -> {
                  awaitQuietly(go);
                  future.cancel(true);
                },
                pool);
        go.countDown();
        CompletableFuture.allOf(win, cancel).join();
        assertEquals(future.isCancelled() ? 1 : 0, discarded.get());
      }
    } finally {
      pool.shutdown();
    }
  }

  /** The win comes a little later in each round, so that some rounds meet the interrupt. */
  @Test
  void interruptAgainstWinLosesNothing() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      for (int round = 0; round < 2_000; round++) {
        discarded.set(0);
        CompletableFuture<AttemptContext<String>> context = new CompletableFuture<>();
        CompletableFuture<Thread> racing = new CompletableFuture<>();
        CompletableFuture<String> outcome =
            CompletableFuture.supplyAsync(
                () -> {
                  racing.complete(Thread.currentThread());
                  try {
                    return race.run(
                            AttemptSource.of(List.of(context::complete)), RaceOptions.defaults())
                        .orElseThrow();
                  } catch (InterruptedException e) {
                    return "interrupted";
                  }
                },
                pool);
        AttemptContext<String> attempt = context.join();
        racing.join().interrupt();
        long until = System.nanoTime() + round % 200 * 500L;
        while (System.nanoTime() < until) {
          Thread.onSpinWait();
        }
        attempt.succeed("winner");
        boolean interrupted = outcome.join().equals("interrupted");
        assertEquals(interrupted ? 1 : 0, discarded.get(), "round " + round);
        // Where it has won, the thread may keep the interrupt.
        pool.submit(Thread::interrupted).get();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void timerThreadIsADaemonAndHoldsNoClassLoader() throws InterruptedException {
    CompletableFuture<Thread> timerThread = new CompletableFuture<>();
    race.run(
        AttemptSource.of(
            List.of(
                context -> {},
                context -> {
                  timerThread.complete(Thread.currentThread());
                  context.succeed("x");
                })),
        RaceOptions.defaults().delay(Duration.ofMillis(10)));
    Thread thread = timerThread.join();
    assertNotSame(Thread.currentThread(), thread);
    assertTrue(thread.isDaemon());
    assertSame(null, thread.getContextClassLoader());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
