package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynBudgetTest {
  private final List<Runnable> later = new ArrayList<>();
  private final SynBudget budget = new SynBudget(later::add);
  private long now = Long.MAX_VALUE - 7;

  private List<SynBudget.Permit> takeAll() {
    List<SynBudget.Permit> taken = new ArrayList<>();
    for (int i = 0; i < SynBudget.LIMIT; i++) {
      taken.add(budget.take(now, null));
      assertNotNull(taken.get(i));
    }
    return taken;
  }

  @Test
  void noMoreThanTheLimitAreInFlight() {
    takeAll();
    assertNull(budget.take(now, null));
    assertEquals(SynBudget.LIMIT, budget.active());
  }

  @Test
  void whatIsGivenBackIsTakenAgainOnce() {
    List<SynBudget.Permit> taken = takeAll();
    budget.giveBack(taken.get(100));
    budget.giveBack(taken.get(100));
    budget.giveBack(null);
    assertNotNull(budget.take(now, null));
    assertNull(budget.take(now, null));
  }

  /** Attempts that hang must not keep all others from beginning. */
  @Test
  void permitsOfAttemptsThatHangEndByThemselves() {
    List<SynBudget.Permit> hanging = takeAll();
    now += SynBudget.LEASE_NANOS - 1;
    assertNull(budget.take(now, null));
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
    assertNull(budget.take(now, first));
    assertNull(budget.take(now, first));
    assertNull(budget.take(now, second));
    budget.giveBack(taken.get(0));
    assertEquals(List.of("first"), told);
    // It had no use for the room: the next event tells as many as there is room for.
    budget.giveBack(taken.get(1));
    assertEquals(List.of("first", "second"), told);
    // One look is due, and another only while somebody waits.
    assertEquals(1, later.size());
    later.get(0).run();
    assertEquals(1, later.size());
  }
}
