package io.heagent.engine.resolve.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.resolve.Answers;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.ResolverOverflowException;
import io.heagent.engine.time.Scheduler;
import io.heagent.engine.time.VirtualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * One look-up on a virtual clock: what is known at which time, also if a step fails. Times are
 * milliseconds.
 */
class SharedLookupTest {
  private static final List<InetAddress> V4 = Answers.of("B");
  private static final List<InetAddress> V6 = Answers.of("a");

  private final VirtualTime clock = new VirtualTime();
  private final List<String> ended = new ArrayList<>();
  private final List<Throwable> faults = new ArrayList<>();
  private Resolver.Listener answers;
  private int asked;
  private boolean queued;
  private boolean cancelled;
  private Error noTimer;
  private Error noTime;
  private Error notAsked;
  private Error atTheEnd;

  private final Scheduler time =
      new Scheduler() {
        @Override
        public long now() {
          if (noTime != null) {
            throw noTime;
          }
          return clock.now();
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
          if (noTimer != null) {
            throw noTimer;
          }
          return clock.schedule(atNanos, task);
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
          answers = listener;
          if (notAsked != null) {
            throw notAsked;
          }
          return new Query() {
            @Override
            public void cancel() {
              cancelled = true;
            }

            @Override
            public boolean isQueued() {
              return queued;
            }
          };
        }
      };

  private final LookupEnd end =
      new LookupEnd() {
        @Override
        public void done(SharedLookup lookup, Known last) {
          ended.add("done " + Answers.names(last.addresses()));
          if (atTheEnd != null) {
            throw atTheEnd;
          }
        }

        @Override
        public void dropped(SharedLookup lookup) {
          ended.add("dropped");
        }
      };

  private final SharedLookup lookup =
      new SharedLookup(
          "name.test",
          resolver,
          Question.IPV4,
          ResolutionCore.DEFAULT_DELAY_NANOS,
          time,
          end,
          faults::add);

  private void assertKnown(boolean settled, boolean done, String addresses) {
    Known known = lookup.known();
    assertEquals(addresses, Answers.names(known.addresses()));
    assertEquals(settled, known.settled());
    assertEquals(done, known.done());
    assertEquals(done ? List.of("done " + addresses) : List.of(), ended);
  }

  @Test
  void preferredFamilyBeginsAtOnceAndTheOtherJoins() {
    lookup.begin();
    assertKnown(false, false, "");
    clock.at(5);
    answers.answer(Question.IPV4, V4);
    assertKnown(true, false, "B");
    clock.at(3_000);
    answers.answer(Question.IPV6, V6);
    assertKnown(true, true, "Ba");
    assertEquals(1, asked);
  }

  @Test
  void otherFamilyBeginsAfterTheResolutionDelayFromTheFirstAnswer() {
    lookup.begin();
    clock.at(20);
    answers.answer(Question.IPV6, V6);
    clock.at(70);
    assertKnown(false, false, "a");
    clock.through(70);
    assertKnown(true, false, "a");
  }

  @Test
  void preferredFamilyWithinTheResolutionDelayGoesFirst() {
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    clock.at(49);
    answers.answer(Question.IPV4, V4);
    assertKnown(true, true, "Ba");
    assertEquals(0, clock.armed());
  }

  @Test
  void failureOfOneFamilyIsNotTheLookups() {
    lookup.begin();
    answers.failure(Question.IPV4, new UnknownHostException("lost"));
    clock.at(10_000);
    assertKnown(false, false, "");
    answers.answer(Question.IPV6, V6);
    assertKnown(true, true, "a");
  }

  @Test
  void failureOfBothIsTold() {
    lookup.begin();
    UnknownHostException first = new UnknownHostException("first");
    UnknownHostException second = new UnknownHostException("second");
    answers.failure(Question.IPV4, first);
    answers.failure(Question.IPV6, second);
    assertKnown(true, true, "");
    assertEquals(List.of(first, second), lookup.known().failures());
    assertFalse(lookup.known().isBroken());
    assertFalse(lookup.isHopeless());
  }

  /**
   * If too many other look-ups hang, a caller that may block looks the name up on its own thread
   * after 250 ms.
   */
  @Test
  void waitingForItsTurnIsHopelessAfterAWhile() {
    queued = true;
    lookup.begin();
    clock.at(249);
    assertFalse(lookup.isHopeless());
    clock.at(250);
    assertTrue(lookup.isHopeless());
    assertEquals(1, asked);
    assertEquals(0, clock.armed());
    queued = false;
    assertFalse(lookup.isHopeless(), "it has begun");
    answers.answer(Question.IPV4, V4);
    answers.answer(Question.IPV6, V6);
    assertKnown(true, true, "Ba");
  }

  /** A look-up that was refused does not mean that there is no such name. */
  @Test
  void refusedSaysNothingOfTheName() {
    lookup.begin();
    answers.failure(Question.IPV6, new ResolverOverflowException("name.test"));
    answers.failure(Question.IPV4, new ResolverOverflowException("name.test"));
    assertKnown(true, true, "");
    assertTrue(lookup.known().isBroken());
    assertTrue(lookup.isHopeless());
  }

  @Test
  void lastOneToLeaveTheRowTakesTheLookUpAlong() {
    queued = true;
    LookupInterest one = lookup.join(() -> {});
    LookupInterest two = lookup.join(() -> {});
    lookup.begin();
    one.leave();
    one.leave();
    assertFalse(cancelled);
    two.leave();
    assertTrue(cancelled);
    assertEquals(List.of("dropped"), ended);
    assertNull(lookup.join(() -> {}), "another one is to be begun");
    answers.answer(Question.IPV4, V4);
    assertEquals(List.of("dropped"), ended);
  }

  /** A look-up that runs goes on, because it cannot be stopped and fills the JDK's cache. */
  @Test
  void whatRunsGoesOnForNobody() {
    LookupInterest only = lookup.join(() -> {});
    lookup.begin();
    only.leave();
    assertFalse(cancelled);
    assertNotNull(lookup.join(() -> {}));
    answers.answer(Question.IPV4, V4);
    answers.answer(Question.IPV6, V6);
    assertKnown(true, true, "Ba");
  }

  @Test
  void whoHasLeftIsNotTold() {
    List<String> heard = new ArrayList<>();
    lookup.join(() -> heard.add("stayed"));
    LookupInterest gone = lookup.join(() -> heard.add("left"));
    lookup.begin();
    gone.leave();
    answers.answer(Question.IPV4, V4);
    assertEquals(List.of("stayed"), heard);
  }

  @Test
  void listenersHearOfEachChangeAndOneThatThrowsHindersNoOther() {
    List<Integer> heard = new ArrayList<>();
    IllegalStateException trouble = new IllegalStateException("a listener's");
    lookup.join(
        () -> {
          throw trouble;
        });
    lookup.join(() -> heard.add(lookup.known().addresses().size()));
    lookup.begin();
    answers.answer(Question.IPV4, V4);
    answers.answer(Question.IPV6, V6);
    assertEquals(List.of(1, 2), heard);
    assertEquals(List.of(trouble, trouble), faults);
  }

  /** If no timer can be made, the race does not wait for the late family. */
  @Test
  void withoutATimerTheFirstAnswerBegins() {
    noTimer = new OutOfMemoryError("unable to create native thread");
    List<String> heard = new ArrayList<>();
    lookup.join(() -> heard.add(Answers.names(lookup.known().addresses())));
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    assertKnown(true, false, "a");
    answers.answer(Question.IPV4, V4);
    assertKnown(true, true, "Ba");
    assertEquals(List.of("a", "Ba"), heard);
  }

  @Test
  void whatCannotBeAskedIsOver() {
    notAsked = new OutOfMemoryError("unable to create native thread");
    List<String> heard = new ArrayList<>();
    lookup.join(() -> heard.add("over"));
    lookup.begin();
    assertKnown(true, true, "");
    assertEquals(List.of(notAsked), lookup.known().failures());
    assertTrue(lookup.isHopeless());
    assertEquals(List.of("over"), heard);
  }

  @Test
  void whatBreaksInTheMiddleEndsItWithWhatIsKnown() {
    List<String> heard = new ArrayList<>();
    lookup.join(() -> heard.add("told"));
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    answers.answer(Question.IPV4, null);
    assertKnown(true, true, "a");
    assertTrue(lookup.known().isBroken());
    assertEquals(List.of("told", "told"), heard);
    assertEquals(0, clock.armed());
  }

  /** If the callback at the end throws, the result is known all the same. */
  @Test
  void troubleAtTheEndIsToldAsideAndAllIsKnown() {
    atTheEnd = new StackOverflowError();
    lookup.begin();
    answers.answer(Question.IPV4, V4);
    answers.answer(Question.IPV6, V6);
    assertKnown(true, true, "Ba");
    assertEquals(List.of(atTheEnd), faults);
  }

  @Test
  void whoeverWaitsIsWokenByAChange() throws InterruptedException {
    lookup.begin();
    Thread waiter =
        new Thread(
            () -> {
              try {
                lookup.await(Known.NOTHING, Long.MAX_VALUE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    answers.answer(Question.IPV4, V4);
    waiter.join(60_000);
    assertFalse(waiter.isAlive());
  }

  @Test
  void stuckOnlyWithoutAnyAnswer() {
    lookup.begin();
    clock.at(1_999);
    assertFalse(lookup.isStuck());
    clock.at(2_000);
    assertTrue(lookup.isStuck());
    queued = true;
    assertFalse(lookup.isStuck(), "it has not begun");
    queued = false;
    answers.answer(Question.IPV4, V4);
    assertFalse(lookup.isStuck());
  }

  /** For all callers: the resolver is told, and what it says afterwards counts for nobody. */
  @Test
  void lookUpThatIsGivenUpIsOver() {
    List<String> told = new ArrayList<>();
    assertNotNull(lookup.join(() -> told.add("told")));
    lookup.begin();
    clock.at(20);
    answers.answer(Question.IPV6, V6);
    lookup.cancel();
    assertTrue(cancelled);
    assertEquals(List.of("dropped"), ended);
    assertEquals(0, clock.armed());
    assertNull(lookup.join(() -> {}));
    clock.through(1_000);
    answers.answer(Question.IPV4, V4);
    answers.failure(Question.IPV4, new UnknownHostException("name.test"));
    assertEquals("a", Answers.names(lookup.known().addresses()));
    assertFalse(lookup.known().settled());
    assertEquals(List.of("told"), told);
    cancelled = false;
    lookup.cancel();
    assertFalse(cancelled, "once is enough");
  }

  @Test
  void lookUpThatIsOverCannotBeGivenUp() {
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    answers.answer(Question.IPV4, V4);
    lookup.cancel();
    assertFalse(cancelled);
    assertEquals(List.of("done Ba"), ended);
  }

  /** The Resolution Delay has passed at the very moment of the end: nothing is told twice. */
  @Test
  void timerThatComesAfterTheEndChangesNothing() {
    List<String> told = new ArrayList<>();
    assertNotNull(lookup.join(() -> told.add("told")));
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    answers.failure(Question.IPV4, new UnknownHostException("name.test"));
    int before = told.size();
    clock.through(1_000);
    assertEquals(before, told.size());
  }

  @Test
  void whoWaitsForNothingNewWaitsNoLongerThanSaid() throws InterruptedException {
    lookup.begin();
    lookup.await(lookup.known(), 0);
    lookup.await(lookup.known(), 1);
    lookup.await(Known.of(V4), Long.MAX_VALUE);
  }

  @Test
  void failureThatCannotBeTakenEndsItWithWhatIsKnown() {
    List<String> heard = new ArrayList<>();
    lookup.join(() -> heard.add("told"));
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    noTime = new OutOfMemoryError("pretended");
    answers.failure(Question.IPV4, new UnknownHostException("name.test"));
    noTime = null;
    assertKnown(true, true, "a");
    assertEquals(List.of("told", "told"), heard);
    assertEquals(0, clock.armed());
  }

  /** Without its timer the look-up would keep a race from beginning for ever. */
  @Test
  void timerThatBreaksEndsItWithWhatIsKnown() {
    lookup.begin();
    answers.answer(Question.IPV6, V6);
    clock.at(49);
    noTime = new OutOfMemoryError("pretended");
    clock.through(50);
    noTime = null;
    assertKnown(true, true, "a");
    assertTrue(lookup.known().isBroken());
  }

  @Test
  void addressesThatAreKnownTakeNoLookUp() {
    Known known = Known.of(V4);
    assertEquals(V4, known.addresses());
    assertTrue(known.settled());
    assertTrue(known.done());
    assertFalse(known.isBroken());
  }

  /** Each of its steps is made by a thread that has ended when the next one comes. */
  @Test
  void noThreadKeepsTheLock() throws InterruptedException {
    List<LookupInterest> interests = new ArrayList<>();
    apart(() -> interests.add(lookup.join(() -> {})));
    apart(lookup::begin);
    apart(() -> await(0));
    apart(() -> answers.answer(Question.IPV6, V6));
    apart(() -> clock.through(50));
    apart(() -> answers.failure(Question.IPV4, new UnknownHostException("name.test")));
    apart(() -> interests.get(0).leave());
    apart(lookup::cancel);
    assertKnown(true, true, "a");
    assertNotNull(lookup.join(() -> {}));
  }

  @Test
  void noThreadKeepsTheLockOfWhatCannotBeAsked() throws InterruptedException {
    notAsked = new OutOfMemoryError("unable to create native thread");
    apart(lookup::begin);
    assertNotNull(lookup.join(() -> {}));
  }

  private void await(long nanos) {
    try {
      lookup.await(lookup.known(), nanos);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void apart(Runnable step) throws InterruptedException {
    Thread thread = new Thread(step);
    thread.setDaemon(true);
    thread.start();
    thread.join();
  }
}
