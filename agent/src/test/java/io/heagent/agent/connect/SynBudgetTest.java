package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynBudgetTest {
  private long now = Long.MAX_VALUE - 7;
  private final List<Runnable> later = new ArrayList<>();
  private final SynBudget budget = new SynBudget(() -> now, later::add);

  private List<SynBudget.Permit> takeAll() {
    List<SynBudget.Permit> taken = new ArrayList<>();
    for (int i = 0; i < SynBudget.LIMIT; i++) {
      taken.add(budget.take(null));
      assertNotNull(taken.get(i));
    }
    return taken;
  }

  @Test
  void noMoreThanTheLimitAreInFlight() {
    takeAll();
    assertNull(budget.take(null));
    assertEquals(SynBudget.LIMIT, budget.active());
  }

  @Test
  void whatIsGivenBackIsTakenAgainOnce() {
    List<SynBudget.Permit> taken = takeAll();
    budget.giveBack(taken.get(100));
    budget.giveBack(taken.get(100));
    budget.giveBack(null);
    assertNotNull(budget.take(null));
    assertNull(budget.take(null));
  }

  /** Attempts that hang must not keep all others from beginning. */
  @Test
  void permitsOfAttemptsThatHangEndByThemselves() {
    List<SynBudget.Permit> hanging = takeAll();
    now += SynBudget.LEASE_NANOS - 1;
    assertNull(budget.take(null));
    now++;
    List<SynBudget.Permit> others = takeAll();
    hanging.forEach(budget::giveBack);
    assertEquals(SynBudget.LIMIT, budget.active());
    others.forEach(budget::giveBack);
    assertEquals(0, budget.active());
  }

  @Test
  void whoWaitsIsToldInTurnWhenThereIsRoom() {
    List<SynBudget.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    SynBudget.Waiter first = new SynBudget.Waiter(() -> told.add("first"));
    SynBudget.Waiter second = new SynBudget.Waiter(() -> told.add("second"));
    assertNull(budget.take(first));
    assertNull(budget.take(first));
    assertNull(budget.take(second));
    budget.giveBack(taken.get(0));
    assertEquals(List.of("first"), told);
    budget.giveBack(taken.get(1));
    assertEquals(List.of("first", "second"), told);
    assertEquals(SynBudget.LIMIT, budget.active());
    assertNotNull(budget.take(second));
    assertNotNull(budget.take(first));
    // One look is due, and another only while somebody waits.
    assertEquals(1, later.size());
    later.get(0).run();
    assertEquals(1, later.size());
  }

  /** Of thousands that wait, one is woken for one place, and nobody takes it away from him. */
  @Test
  void roomIsKeptForWhoIsToldOfIt() {
    List<SynBudget.Permit> taken = takeAll();
    List<Integer> told = new ArrayList<>();
    List<SynBudget.Waiter> waiters = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      waiters.add(new SynBudget.Waiter(() -> told.add(number)));
      assertNull(budget.take(waiters.get(i)));
    }
    budget.giveBack(taken.get(0));
    budget.giveBack(taken.get(1));
    assertEquals(List.of(0, 1), told);
    assertNull(budget.take(null));
    assertNotNull(budget.take(waiters.get(0)));
  }

  @Test
  void whoLeavesGivesHisTurnToTheNext() {
    List<SynBudget.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    SynBudget.Waiter first = new SynBudget.Waiter(() -> told.add("first"));
    SynBudget.Waiter second = new SynBudget.Waiter(() -> told.add("second"));
    SynBudget.Waiter third = new SynBudget.Waiter(() -> told.add("third"));
    assertNull(budget.take(first));
    assertNull(budget.take(second));
    assertNull(budget.take(third));
    budget.leave(first);
    budget.giveBack(taken.get(0));
    assertEquals(List.of("second"), told);
    budget.leave(second);
    budget.leave(second);
    assertEquals(List.of("second", "third"), told);
    assertEquals(SynBudget.LIMIT, budget.active());
    budget.leave(third);
    assertEquals(SynBudget.LIMIT - 1, budget.active());
  }

  /** Nobody is left waiting who was thrown an error, and the next one has a timer again. */
  @Test
  void aTimerThatCannotBeHadLeavesAllAsItWas() {
    boolean[] poor = {true};
    SynBudget budget =
        new SynBudget(
            () -> now,
            task -> {
              if (poor[0]) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              later.add(task);
            });
    for (int i = 0; i < SynBudget.LIMIT; i++) {
      assertNotNull(budget.take(null));
    }
    List<String> told = new ArrayList<>();
    SynBudget.Waiter first = new SynBudget.Waiter(() -> told.add("first"));
    assertThrows(OutOfMemoryError.class, () -> budget.take(first));
    poor[0] = false;
    SynBudget.Waiter second = new SynBudget.Waiter(() -> told.add("second"));
    assertNull(budget.take(second));
    assertEquals(1, later.size());
    now += SynBudget.LEASE_NANOS;
    later.get(0).run();
    assertEquals(List.of("second"), told);
  }

  /** One that cannot be told keeps no other from being told, and is told by the next look. */
  @Test
  void whoCannotBeToldIsToldLater() {
    List<SynBudget.Permit> taken = takeAll();
    List<String> told = new ArrayList<>();
    boolean[] poor = {true};
    SynBudget.Waiter first =
        new SynBudget.Waiter(
            () -> {
              if (poor[0]) {
                throw new OutOfMemoryError();
              }
              told.add("first");
            });
    SynBudget.Waiter second = new SynBudget.Waiter(() -> told.add("second"));
    assertNull(budget.take(first));
    assertNull(budget.take(second));
    now += SynBudget.LEASE_NANOS;
    later.get(0).run();
    assertEquals(List.of("second"), told);
    poor[0] = false;
    later.get(1).run();
    assertEquals(List.of("second", "first"), told);
    assertNotNull(budget.take(first));
    taken.forEach(budget::giveBack);
  }
}
