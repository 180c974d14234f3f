package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.ResolverOverflowException;
import io.heagent.engine.time.Scheduler;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One look-up on a virtual clock: what is known when. Times are milliseconds. */
class LookupTest {

  private static final long MS = 1_000_000L;
  private static final String V4 = "192.0.2.1";
  private static final String V6 = "2001:db8::1";

  private long now;
  private Runnable timer;
  private long timerAt;
  private int asked;
  private final List<Lookup> ended = new ArrayList<>();

  private final Scheduler time =
      new Scheduler() {
        @Override
        public long now() {
          return now;
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
          timer = task;
          timerAt = atNanos;
          return () -> timer = null;
        }
      };

  private final Resolver resolver =
      new Resolver() {
        @Override
        public Set<Question> questions() {
          return Set.of(Question.IPV6, Question.IPV4);
        }

        @Override
        public Query resolve(String host, Listener listener) {
          asked++;
          return () -> {};
        }
      };

  private final Lookup lookup =
      new Lookup(
          "name.test", resolver, Question.IPV4, time, (ended, last) -> this.ended.add(ended));

  private void at(long ms) {
    while (timer != null && timerAt <= ms * MS) {
      Runnable due = timer;
      timer = null;
      now = timerAt;
      due.run();
    }
    now = ms * MS;
  }

  private void assertKnown(boolean settled, boolean done, String... addresses) {
    Lookup.Known known = lookup.known();
    assertEquals(Ip.list(addresses), known.addresses());
    assertEquals(settled, known.settled());
    assertEquals(done, known.done());
    assertEquals(done ? List.of(lookup) : List.of(), ended);
  }

  @Test
  void preferredFamilyBeginsAtOnceAndTheOtherJoins() {
    lookup.begin();
    assertKnown(false, false);
    at(5);
    lookup.answer(Question.IPV4, Ip.list(V4));
    assertKnown(true, false, V4);
    at(3000);
    lookup.answer(Question.IPV6, Ip.list(V6));
    assertKnown(true, true, V4, V6);
    assertEquals(1, asked);
  }

  @Test
  void otherFamilyBeginsAfterTheResolutionDelayFromTheFirstAnswer() {
    lookup.begin();
    at(20);
    lookup.answer(Question.IPV6, Ip.list(V6));
    at(69);
    assertKnown(false, false, V6);
    at(70);
    assertKnown(true, false, V6);
  }

  @Test
  void preferredFamilyWithinTheResolutionDelayGoesFirst() {
    lookup.begin();
    lookup.answer(Question.IPV6, Ip.list(V6));
    at(49);
    lookup.answer(Question.IPV4, Ip.list(V4));
    assertKnown(true, true, V4, V6);
    assertEquals(null, timer);
  }

  @Test
  void failureOfOneFamilyIsNotTheLookups() {
    lookup.begin();
    lookup.failure(Question.IPV4, new UnknownHostException("lost"));
    at(10_000);
    assertKnown(false, false);
    lookup.answer(Question.IPV6, Ip.list(V6));
    assertKnown(true, true, V6);
  }

  @Test
  void failureOfBothIsTold() {
    lookup.begin();
    UnknownHostException first = new UnknownHostException("first");
    lookup.failure(Question.IPV4, first);
    lookup.failure(Question.IPV6, new UnknownHostException("second"));
    assertKnown(true, true);
    assertEquals(first, lookup.known().failure());
    assertFalse(lookup.known().refused());
  }

  /** Too many others hang: that there is no such name would be a lie. */
  @Test
  void refusedIsAskedAgain() {
    lookup.begin();
    lookup.failure(Question.IPV6, new ResolverOverflowException("name.test"));
    lookup.failure(Question.IPV4, new ResolverOverflowException("name.test"));
    assertKnown(false, false);
    assertTrue(lookup.known().refused());
    at(49);
    assertEquals(1, asked);
    at(50);
    assertEquals(2, asked);
    lookup.answer(Question.IPV4, Ip.list(V4));
    assertKnown(true, false, V4);
    assertFalse(lookup.known().refused());
  }

  /** Whoever may block looks up on its own thread then. */
  @Test
  void refusedTimeAndAgainIsHopeless() {
    lookup.begin();
    for (int ms = 0; ms < 250; ms += 50) {
      at(ms);
      lookup.failure(Question.IPV4, new ResolverOverflowException("name.test"));
      assertFalse(lookup.isHopeless());
    }
    at(250);
    assertFalse(lookup.isHopeless());
    lookup.failure(Question.IPV4, new ResolverOverflowException("name.test"));
    assertTrue(lookup.isHopeless());
    assertEquals(6, asked);
  }

  /** Half the truth is given to those who may begin with it, and the other half asked again. */
  @Test
  void oneFamilyRefusedLeavesItsQuestionOpen() {
    lookup.begin();
    lookup.failure(Question.IPV6, new ResolverOverflowException("name.test"));
    lookup.answer(Question.IPV4, Ip.list(V4));
    assertKnown(true, false, V4);
    assertTrue(lookup.known().refused());
    at(50);
    lookup.answer(Question.IPV4, Ip.list(V4));
    lookup.answer(Question.IPV6, Ip.list(V6));
    assertKnown(true, true, V4, V6);
    assertFalse(lookup.known().refused());
  }

  @Test
  void listenersHearOfEachChangeAndOneThatThrowsHindersNoOther() {
    List<Integer> heard = new ArrayList<>();
    lookup.begin();
    lookup.whenChanged(
        () -> {
          throw new IllegalStateException("a listener's trouble");
        });
    lookup.whenChanged(() -> heard.add(lookup.known().addresses().size()));
    lookup.answer(Question.IPV4, Ip.list(V4));
    lookup.answer(Question.IPV6, Ip.list(V6));
    assertEquals(List.of(1, 2), heard);
  }

  @Test
  void whoeverWaitsIsWokenByAChange() throws InterruptedException {
    lookup.begin();
    Thread waiter =
        new Thread(
            () -> {
              try {
                lookup.await(Lookup.Known.NOTHING, Long.MAX_VALUE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiter.start();
    lookup.answer(Question.IPV4, Ip.list(V4));
    waiter.join(60_000);
    assertFalse(waiter.isAlive());
  }

  @Test
  void stuckOnlyWithoutAnyAnswer() {
    lookup.begin();
    at(1999);
    assertFalse(lookup.isStuck());
    at(2000);
    assertTrue(lookup.isStuck());
    lookup.answer(Question.IPV4, Ip.list(V4));
    assertFalse(lookup.isStuck());
  }
}
