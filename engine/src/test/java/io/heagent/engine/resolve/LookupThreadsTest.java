package io.heagent.engine.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.SystemScheduler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pool with real threads: every question is answered once, and no more threads run than
 * allowed.
 */
@Tag("socket")
class LookupThreadsTest {
  private static final int THREADS = 64;
  private static final int ROUNDS = 500;

  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger tooOften = new AtomicInteger();

  @Test
  void everyQuestionOnceFromManyThreads() throws InterruptedException {
    ExecutorService pool = Executors.newCachedThreadPool();
    LookupLimits limits = new LookupLimits(4, 4, THREADS * ROUNDS, 1, Long.MAX_VALUE / 2);
    LookupPool lookups =
        new LookupPool(
            new Counting(), pool, SystemScheduler.shared(), limits, DaemonThreads.printing());
    CountDownLatch wanted = new CountDownLatch(THREADS * ROUNDS / 2);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> askMany(lookups, wanted));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    wanted.await();
    pool.shutdown();
    while (lookups.running() > 0) {
      Thread.onSpinWait(); // look-ups that were given up end by themselves
    }
    assertEquals(0, tooOften.get());
    assertTrue(most.get() <= 4, most + " at the same time");
    assertTrue(answers.get() >= THREADS * ROUNDS / 2);
    assertTrue(answers.get() <= THREADS * ROUNDS);
  }

  /** Half of the questions are given up at once; they may or may not be answered. */
  private void askMany(LookupPool lookups, CountDownLatch wanted) {
    for (int round = 0; round < ROUNDS; round++) {
      boolean keep = round % 2 == 0;
      AtomicInteger told = new AtomicInteger();
      Resolver.Query query =
          lookups.ask(
              "host" + round % 7,
              Question.BOTH,
              new Resolver.Listener() {
                @Override
                public void answer(Question question, List<InetAddress> addresses) {
                  if (told.incrementAndGet() > 1) {
                    tooOften.incrementAndGet();
                  }
                  answers.incrementAndGet();
                  if (keep) {
                    wanted.countDown();
                  }
                }

                @Override
                public void failure(Question question, Throwable cause) {
                  tooOften.incrementAndGet();
                }
              });
      if (!keep) {
        query.cancel();
      }
    }
  }

  private final class Counting implements FamilyLookup {
    @Override
    public Set<Question> questions() {
      return Set.of(Question.BOTH);
    }

    @Override
    public List<InetAddress> find(String host, Question question) {
      most.accumulateAndGet(active.incrementAndGet(), Math::max);
      active.decrementAndGet();
      return Answers.of("aB");
    }
  }
}
