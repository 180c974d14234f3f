package io.heagent.engine.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Equal look-ups are made once, can be cancelled, and are not made for literals. */
class SystemResolverTest extends LookupRig {
  @Test
  void familiesAreAskedApartAaaaFirst() {
    resolver = resolver(EnumSet.of(Question.IPV4, Question.IPV6), threads::add);
    Answers answers = ask("x");
    assertEquals(2, threads.size());
    time.at(10);
    threads.removeLast().run();
    time.at(3_000);
    threads.remove().run();
    assertEquals(List.of("x IPV4", "x IPV6"), asked);
    assertEquals(List.of("10 IPV4 B", "3000 IPV6 a"), answers.log);
  }

  @Test
  void equalLookupsAreMadeOnce() {
    Answers one = ask("x");
    Answers two = ask("x");
    Answers other = ask("y");
    assertEquals(2, threads.size());
    threads.remove().run();
    assertEquals(List.of("0 BOTH aB"), one.log);
    assertEquals(one.log, two.log);
    assertEquals(List.of(), other.log);
    ask("x");
    assertEquals(2, threads.size(), "a finished one is not joined");
  }

  @Test
  void cancellingOneLeavesTheOthers() {
    Answers one = new Answers(time);
    Resolver.Query query = resolver.resolve("x", one);
    Answers two = ask("x");
    query.cancel();
    query.cancel();
    threads.remove().run();
    assertEquals(List.of(), one.log);
    assertEquals(List.of("0 BOTH aB"), two.log);
  }

  @Test
  void lookupThatRunsUnwantedCanBeJoined() {
    resolver.resolve("x", new Answers(time)).cancel();
    Answers late = ask("x");
    assertEquals(1, threads.size());
    threads.remove().run();
    assertEquals(List.of("0 BOTH aB"), late.log);
  }

  @Test
  void cancelledBeforeItsTurnIsNeverAsked() {
    ask("hang1");
    ask("hang2");
    Resolver.Query third = resolver.resolve("x", new Answers(time));
    third.cancel();
    assertEquals(0, time.armed(), "nobody waits");
    threads.remove().run();
    threads.remove().run();
    assertEquals(List.of("hang1 BOTH", "hang2 BOTH"), asked);
  }

  /**
   * The handler of the current thread is not used either, because that thread is the program's if
   * the look-up fails at once.
   */
  @Test
  void failuresReachEverybodyAndTroubleOfOneNoOther() {
    List<Throwable> uncaught = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
    OutOfMemoryError broken = new OutOfMemoryError("broken listener");
    try {
      resolver.resolve(
          "unknown",
          new Resolver.Listener() {
            @Override
            public void answer(Question question, List<InetAddress> addresses) {}

            @Override
            public void failure(Question question, Throwable cause) {
              throw broken;
            }
          });
      Answers answers = ask("unknown");
      threads.remove().run();
      assertEquals(List.of("0 BOTH UnknownHostException"), answers.log);
      assertEquals(List.of(broken), troubles);
      assertEquals(List.of(), uncaught);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
  }

  @Test
  void literalsAreNeverAsked() {
    resolver = resolver(EnumSet.of(Question.IPV4, Question.IPV6), threads::add);
    assertEquals(1, ask("192.0.2.1").log.size());
    assertTrue(ask("[::1").log.get(0).startsWith("0 BOTH UnknownHost"));
    assertEquals(List.of(), asked);
    assertEquals(0, threads.size());
  }

  @Test
  @Tag("socket")
  void realThreadsAnswerAndAreDaemons() throws InterruptedException {
    List<Thread> seen = new ArrayList<>();
    List<InetAddress> found = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    SystemResolver.combined()
        .resolve(
            "localhost",
            new Resolver.Listener() {
              @Override
              public void answer(Question question, List<InetAddress> addresses) {
                seen.add(Thread.currentThread());
                found.addAll(addresses);
                done.countDown();
              }

              @Override
              public void failure(Question question, Throwable cause) {
                done.countDown();
              }
            });
    done.await();
    assertTrue(seen.get(0).isDaemon());
    assertTrue(found.get(0).isLoopbackAddress());
    assertEquals(Set.of(Question.BOTH), SystemResolver.combined().questions());
  }

  /** A look-up that has begun cannot be stopped; one that waits for a thread can. */
  @Test
  void isQueuedUntilItHasAThread() {
    Resolver.Query running = resolver.resolve("hang1", new Answers(time));
    assertFalse(running.isQueued());
    ask("hang2");
    Resolver.Query waiting = resolver.resolve("x", new Answers(time));
    assertTrue(waiting.isQueued());
    threads.remove().run();
    assertFalse(waiting.isQueued());
  }

  @Test
  void aLiteralsQueryMayBeCancelledAndWaitsForNothing() {
    Answers answers = new Answers(time);
    Resolver.Query query = resolver.resolve("192.0.2.1", answers);
    assertFalse(query.isQueued());
    query.cancel();
    assertEquals(1, answers.log.size());
  }

  @Test
  void cancellingAfterTheAnswerTakesNothingFromTheNext() {
    Answers first = new Answers(time);
    Resolver.Query query = resolver.resolve("x", first);
    threads.remove().run();
    Answers second = ask("x");
    query.cancel();
    query.cancel();
    threads.remove().run();
    assertEquals(List.of("0 BOTH aB"), first.log);
    assertEquals(List.of("0 BOTH aB"), second.log);
  }
}
