package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynBudgetTest {
  private final SynBudget budget = new SynBudget();
  private long now = Long.MAX_VALUE - 7;

  private List<SynBudget.Permit> takeAll() {
    List<SynBudget.Permit> taken = new ArrayList<>();
    for (int i = 0; i < SynBudget.LIMIT; i++) {
      taken.add(budget.take(now));
      assertNotNull(taken.get(i));
    }
    return taken;
  }

  @Test
  void noMoreThanTheLimitAreInFlight() {
    takeAll();
    assertNull(budget.take(now));
    assertEquals(SynBudget.LIMIT, budget.active());
  }

  @Test
  void whatIsGivenBackIsTakenAgainOnce() {
    List<SynBudget.Permit> taken = takeAll();
    budget.giveBack(taken.get(100));
    budget.giveBack(taken.get(100));
    budget.giveBack(null);
    assertNotNull(budget.take(now));
    assertNull(budget.take(now));
  }

  /** Attempts that hang must not keep all others from beginning. */
  @Test
  void permitsOfAttemptsThatHangEndByThemselves() {
    List<SynBudget.Permit> hanging = takeAll();
    now += SynBudget.LEASE_NANOS - 1;
    assertNull(budget.take(now));
    now++;
    List<SynBudget.Permit> others = takeAll();
    hanging.forEach(budget::giveBack);
    assertEquals(SynBudget.LIMIT, budget.active());
    others.forEach(budget::giveBack);
    assertEquals(0, budget.active());
  }
}
