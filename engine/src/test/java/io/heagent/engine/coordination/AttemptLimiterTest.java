package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptLimiterTest {
  private final ManualTime time = new ManualTime();
  private final AttemptLimiter limiter = new AttemptLimiter(time);

  private List<AttemptLimiter.Permit> takeAll() {
    List<AttemptLimiter.Permit> taken = new ArrayList<>();
    for (int i = 0; i < AttemptLimiter.LIMIT; i++) {
      taken.add(limiter.take(null));
      assertNotNull(taken.get(i));
    }
    return taken;
  }

  @Test
  void noMoreThanTheLimitAreInFlight() {
    takeAll();
    assertNull(limiter.take(null));
    assertEquals(AttemptLimiter.LIMIT, limiter.active());
  }

  @Test
  void whatIsGivenBackIsTakenAgainOnce() {
    List<AttemptLimiter.Permit> taken = takeAll();
    limiter.giveBack(taken.get(100));
    limiter.giveBack(taken.get(100));
    limiter.giveBack(null);
    assertNotNull(limiter.take(null));
    assertNull(limiter.take(null));
  }

  /** Attempts that hang must not keep other attempts from beginning. */
  @Test
  void permitsOfAttemptsThatHangEndByThemselves() {
    List<AttemptLimiter.Permit> hanging = takeAll();
    time.now += AttemptLimiter.LEASE_NANOS - 1;
    assertNull(limiter.take(null));
    time.now++;
    List<AttemptLimiter.Permit> others = takeAll();
    hanging.forEach(limiter::giveBack);
    assertEquals(AttemptLimiter.LIMIT, limiter.active());
    others.forEach(limiter::giveBack);
    assertEquals(0, limiter.active());
  }

  @Test
  void whoWaitsIsToldInTurnWhenThereIsRoom() {
    List<AttemptLimiter.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    AttemptLimiter.Waiter first = new AttemptLimiter.Waiter(() -> told.add("first"));
    AttemptLimiter.Waiter second = new AttemptLimiter.Waiter(() -> told.add("second"));
    assertNull(limiter.take(first));
    assertNull(limiter.take(first));
    assertNull(limiter.take(second));
    limiter.giveBack(taken.get(0));
    assertEquals(List.of("first"), told);
    limiter.giveBack(taken.get(1));
    assertEquals(List.of("first", "second"), told);
    assertEquals(AttemptLimiter.LIMIT, limiter.active());
    assertNotNull(limiter.take(second));
    assertNotNull(limiter.take(first));
    // One look is due; another is armed only while a race waits.
    assertEquals(1, time.later.size());
    time.later.get(0).run();
    assertEquals(1, time.later.size());
  }

  /**
   * If thousands wait and one permit becomes free, one waiter is woken, and no other race takes
   * that permit.
   */
  @Test
  void roomIsKeptForWhoIsToldOfIt() {
    List<AttemptLimiter.Permit> taken = takeAll();
    List<Integer> told = new ArrayList<>();
    List<AttemptLimiter.Waiter> waiters = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      waiters.add(new AttemptLimiter.Waiter(() -> told.add(number)));
      assertNull(limiter.take(waiters.get(i)));
    }
    limiter.giveBack(taken.get(0));
    limiter.giveBack(taken.get(1));
    assertEquals(List.of(0, 1), told);
    assertNull(limiter.take(null));
    assertNotNull(limiter.take(waiters.get(0)));
  }

  @Test
  void whoLeavesGivesHisTurnToTheNext() {
    List<AttemptLimiter.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    AttemptLimiter.Waiter first = new AttemptLimiter.Waiter(() -> told.add("first"));
    AttemptLimiter.Waiter second = new AttemptLimiter.Waiter(() -> told.add("second"));
    AttemptLimiter.Waiter third = new AttemptLimiter.Waiter(() -> told.add("third"));
    assertNull(limiter.take(first));
    assertNull(limiter.take(second));
    assertNull(limiter.take(third));
    limiter.leave(first);
    limiter.giveBack(taken.get(0));
    assertEquals(List.of("second"), told);
    limiter.leave(second);
    limiter.leave(second);
    assertEquals(List.of("second", "third"), told);
    assertEquals(AttemptLimiter.LIMIT, limiter.active());
    limiter.leave(third);
    assertEquals(AttemptLimiter.LIMIT - 1, limiter.active());
  }

  /** A race that got an exception does not wait, and the next one has a timer again. */
  @Test
  void aTimerThatCannotBeHadLeavesAllAsItWas() {
    for (int i = 0; i < AttemptLimiter.LIMIT; i++) {
      assertNotNull(limiter.take(null));
    }
    List<String> told = new ArrayList<>();
    AttemptLimiter.Waiter first = new AttemptLimiter.Waiter(() -> told.add("first"));
    time.poor = true;
    assertThrows(OutOfMemoryError.class, () -> limiter.take(first));
    time.poor = false;
    AttemptLimiter.Waiter second = new AttemptLimiter.Waiter(() -> told.add("second"));
    assertNull(limiter.take(second));
    assertEquals(1, time.later.size());
    time.now += AttemptLimiter.LEASE_NANOS;
    time.later.get(0).run();
    assertEquals(List.of("second"), told);
  }

  /**
   * A waiter whose callback throws does not keep others from being told; the next look tells it.
   */
  @Test
  void whoCannotBeToldIsToldLater() {
    List<AttemptLimiter.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    boolean[] poor = {true};
    AttemptLimiter.Waiter first =
        new AttemptLimiter.Waiter(
            () -> {
              if (poor[0]) {
                throw new OutOfMemoryError();
              }
              told.add("first");
            });
    AttemptLimiter.Waiter second = new AttemptLimiter.Waiter(() -> told.add("second"));
    assertNull(limiter.take(first));
    assertNull(limiter.take(second));
    time.now += AttemptLimiter.LEASE_NANOS;
    time.later.get(0).run();
    assertEquals(List.of("second"), told);
    assertEquals(1, limiter.active(), "what was kept for the first one is free again");
    poor[0] = false;
    time.later.get(1).run();
    assertEquals(List.of("second", "first"), told);
    assertNotNull(limiter.take(first));
    taken.forEach(limiter::giveBack);
  }

  @Test
  void whoWaitsLooksAgainAfterFiftyMillisecondsAsLongAsItWaits() {
    takeAll();
    List<String> told = new ArrayList<>();
    assertNull(limiter.take(new AttemptLimiter.Waiter(() -> told.add("first"))));
    assertEquals(List.of(time.now + 50_000_000L), time.due);
    time.now += 50_000_000L;
    time.later.get(0).run();
    assertEquals(List.of(), told);
    assertEquals(2, time.later.size());
    assertEquals(time.now + 50_000_000L, time.due.get(1));
    time.now += AttemptLimiter.LEASE_NANOS;
    time.later.get(1).run();
    assertEquals(List.of("first"), told);
    assertEquals(2, time.later.size());
  }

  /** If no timer can be made, the next permit that is given back makes one. */
  @Test
  void whoWaitsWithoutATimerHasOneOnceThereAreTimersAgain() {
    List<AttemptLimiter.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    boolean[] deaf = {true};
    List<AttemptLimiter.Waiter> waiters = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      waiters.add(
          new AttemptLimiter.Waiter(
              () -> {
                if (deaf[0]) {
                  throw new OutOfMemoryError();
                }
                told.add(name);
              }));
      assertNull(limiter.take(waiters.get(waiters.size() - 1)));
    }
    time.poor = true;
    limiter.giveBack(taken.get(0));
    time.later.get(0).run();
    assertEquals(1, time.later.size());
    // Two races wait and one permit is free: a race that has not waited takes it.
    assertNotNull(limiter.take(null));
    time.poor = false;
    deaf[0] = false;
    limiter.giveBack(taken.get(1));
    assertEquals(1, told.size());
    assertEquals(2, time.later.size());
    time.now += AttemptLimiter.LEASE_NANOS;
    time.later.get(1).run();
    assertEquals(2, told.size());
  }

  /** The waiter whose callback throws is the only one, and no other event makes a timer. */
  @Test
  void whoCannotBeToldHasATimer() {
    List<AttemptLimiter.Permit> taken = takeAll();
    AttemptLimiter.Waiter waiter =
        new AttemptLimiter.Waiter(
            () -> {
              throw new OutOfMemoryError();
            });
    assertNull(limiter.take(waiter));
    time.poor = true;
    time.now += 1;
    limiter.giveBack(taken.get(0));
    time.later.get(0).run();
    assertEquals(1, time.later.size());
    time.poor = false;
    limiter.giveBack(taken.get(1));
    assertEquals(2, time.later.size());
    assertEquals(AttemptLimiter.LIMIT - 2, limiter.active());
  }
}
