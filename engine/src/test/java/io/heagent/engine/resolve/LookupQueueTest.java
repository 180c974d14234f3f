package io.heagent.engine.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import io.heagent.engine.time.VirtualTime;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/**
 * Thousands of look-ups that hang, and machines on which no thread can be started. The test counts
 * the work, on a virtual clock, with the agent's limits.
 */
class LookupQueueTest {
  private static final int NAMES = 6_000;
  private static final int AT_ONCE = 64;
  private static final int MOST = 256;
  private static final LookupLimits LIMITS =
      new LookupLimits(AT_ONCE, MOST, Integer.MAX_VALUE, 2, 500_000_000L);

  private final VirtualTime clock = new VirtualTime();
  private int looks;
  private int timers;
  private Error noTimer;

  private final Scheduler time =
      new Scheduler() {
        @Override
        public long now() {
          looks++;
          return clock.now();
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
          if (noTimer != null) {
            throw noTimer;
          }
          timers++;
          return clock.schedule(atNanos, task);
        }
      };

  /** Look-ups that are on a thread until the test runs them. */
  private final Deque<Runnable> threads = new ArrayDeque<>();

  private final List<String> asked = new ArrayList<>();
  private Error noThread;

  /** Happens while the next thread is being started. */
  private Runnable whileStarting = () -> {};

  private final Executor executor =
      task -> {
        Runnable meanwhile = whileStarting;
        whileStarting = () -> {};
        meanwhile.run();
        if (noThread != null) {
          throw noThread;
        }
        threads.add(task);
      };

  private final FamilyLookup names =
      new FamilyLookup() {
        @Override
        public Set<Question> questions() {
          return Set.of(Question.BOTH);
        }

        @Override
        public List<InetAddress> find(String host, Question question) {
          asked.add(host);
          return Answers.of("aB");
        }
      };

  private final LookupPool pool =
      new LookupPool(names, executor, time, LIMITS, DaemonThreads.printing());

  private final List<Resolver.Query> queries = new ArrayList<>();
  private final Answers answers = new Answers(clock);

  private void ask(String host) {
    queries.add(pool.ask(host, Question.BOTH, answers));
  }

  private void askAll() {
    for (int i = 0; i < NAMES; i++) {
      ask("hang" + i);
    }
  }

  @Test
  void thousandsThatHangTakeOneTimerAndNobodyIsRefused() {
    askAll();
    assertEquals(AT_ONCE, pool.running());
    assertEquals(NAMES - AT_ONCE, pool.waiting());
    assertEquals(1, clock.armed());
    assertEquals(1, timers);
    // Three times the running look-ups become stuck and others begin, until the limit of threads is
    // reached.
    clock.through(60_000);
    assertEquals(MOST, pool.running());
    assertEquals(0, clock.armed());
    assertEquals(3, timers);
    assertEquals(List.of(), answers.log);
    assertEquals(NAMES - MOST, pool.waiting());
  }

  /**
   * The queue reads the clock for each look-up that it examines, so few readings show that an event
   * does not visit all look-ups.
   */
  @Test
  void eachEventCostsTheSameHoweverManyHang() {
    askAll();
    looks = 0;
    ask("one more");
    int forAsking = looks;
    looks = 0;
    queries.remove(NAMES - 1).cancel();
    int forLeaving = looks;
    looks = 0;
    threads.remove().run();
    int forAnEnd = looks;
    assertTrue(forAsking <= 8, () -> "asking: " + forAsking);
    assertTrue(forLeaving <= 8, () -> "leaving: " + forLeaving);
    assertTrue(forAnEnd <= 16, () -> "an end: " + forAnEnd);
    assertEquals(1, timers);
  }

  @Test
  void oneBeginsWhenAThreadBecomesFree() {
    askAll();
    threads.remove().run();
    assertEquals(List.of("hang0"), asked);
    assertEquals(AT_ONCE, pool.running());
    threads.removeLast().run();
    assertEquals(List.of("hang0", "hang" + AT_ONCE), asked);
  }

  @Test
  void whoLeavesTheRowIsNeverAskedFor() {
    askAll();
    assertEquals(NAMES - AT_ONCE, queries.stream().filter(Resolver.Query::isQueued).count());
    queries.forEach(Resolver.Query::cancel);
    assertEquals(0, pool.waiting());
    assertEquals(0, clock.armed());
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
    assertEquals(AT_ONCE, asked.size());
    assertEquals(0, pool.running());
    assertEquals(List.of(), answers.log);
  }

  /** A look-up whose thread could not be started waits, first in the row, for another try. */
  @Test
  void withoutAThreadTheyWaitInTheirOrder() {
    noThread = new OutOfMemoryError("unable to create native thread");
    ask("x");
    clock.at(20);
    ask("y");
    assertEquals(2, pool.waiting());
    assertEquals(0, pool.running());
    assertEquals(1, clock.armed());
    clock.at(50);
    assertEquals(1, timers);
    clock.through(50);
    assertEquals(2, timers, "tried again, with one of them");
    noThread = null;
    clock.through(100);
    assertEquals(2, threads.size());
    assertEquals(0, clock.armed());
    threads.remove().run();
    threads.remove().run();
    assertEquals(List.of("x", "y"), asked);
    assertEquals(List.of("100 BOTH aB", "100 BOTH aB"), answers.log);
  }

  @Test
  void onlyThreadThereIsServesTheOthers() {
    ask("x");
    noThread = new OutOfMemoryError("unable to create native thread");
    ask("y");
    ask("z");
    assertEquals(1, pool.running());
    threads.remove().run();
    assertEquals(List.of("x", "y", "z"), asked);
    assertEquals(3, answers.log.size());
    assertEquals(0, clock.armed());
    assertEquals(0, pool.waiting());
  }

  /**
   * With neither a thread nor a timer nothing would ever start the look-up, so it fails at once.
   */
  @Test
  void withoutAnythingTheyAreRefused() {
    noThread = new OutOfMemoryError("unable to create native thread");
    noTimer = new OutOfMemoryError("no timer either");
    ask("x");
    assertEquals(List.of("0 BOTH ResolverOverflowException"), answers.log);
    assertSame(noThread, answers.causes.get(0).getCause());
    assertEquals(0, pool.waiting());
    noThread = null;
    noTimer = null;
    clock.at(50);
    ask("x");
    threads.remove().run();
    assertEquals(List.of("x"), asked);
  }

  /** The pause has ended, and by now there is no timer for the next one: none of them may hang. */
  @Test
  void allThatWaitAreRefusedOnceNothingIsLeftToStartThem() {
    noThread = new OutOfMemoryError("unable to create native thread");
    ask("x");
    ask("y");
    ask("z");
    assertEquals(List.of(), answers.log);
    noTimer = new OutOfMemoryError("no timer either");
    clock.through(50);
    String refused = "50 BOTH ResolverOverflowException";
    assertEquals(List.of(refused, refused, refused), answers.log);
    assertEquals(0, pool.waiting());
    assertEquals(0, clock.armed());
  }

  /** To start a thread has taken so long that the look-up counted as stuck, and then failed. */
  @Test
  void lookUpThatWasStuckBeforeItBeganWaitsAsAnyOther() {
    noThread = new OutOfMemoryError("unable to create native thread");
    whileStarting =
        () -> {
          clock.at(600);
          ask("y");
        };
    ask("x");
    assertEquals(0, pool.running());
    assertEquals(2, pool.waiting());
    noThread = null;
    clock.through(1_000);
    assertEquals(2, threads.size());
    threads.remove().run();
    threads.remove().run();
    assertEquals(List.of("x", "y"), asked);
    assertEquals(0, pool.running());
    assertEquals(0, clock.armed());
  }

  /** A program may look up endless names: nothing is kept of one that is over. */
  @Test
  void nothingIsKeptOfANameWhoseLookUpIsOver() {
    WeakReference<String> name = askAndForget();
    for (int i = 0; i < 100 && name.get() != null; i++) {
      System.gc();
    }
    assertNull(name.get());
  }

  private WeakReference<String> askAndForget() {
    String host = "once".repeat(2);
    pool.ask(host, Question.BOTH, answers);
    threads.remove().run();
    asked.clear();
    return new WeakReference<>(host);
  }
}
