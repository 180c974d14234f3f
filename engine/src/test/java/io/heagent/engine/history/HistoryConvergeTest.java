package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 1 in 64 connects ignores history (section 4 of the Happy Eyeballs v3 draft). */
class HistoryConvergeTest {
  private final Past past = new Past();

  @BeforeEach
  void aIsDead() {
    past.pass(10_000);
    past.fails("a", FailureKind.UNANSWERED, 300);
  }

  @Test
  void zeroOfSixtyFourIgnores() {
    past.pass(10_000);
    for (int value = 1; value < 64; value++) {
      past.dice.add(value);
      assertEquals("Ba", past.order("aB"));
    }
    past.dice.add(0);
    assertEquals("aB", past.order("aB"));
    assertEquals("Ba", past.order("aB"), "rest");
    assertEquals(64, past.thrown);
  }

  @Test
  void noneWithinTenSecondsOfAFailure() {
    past.pass(9_999);
    past.dice.add(0);
    for (int i = 0; i < 20; i++) {
      assertEquals("Ba", past.order("aB"));
    }
    assertEquals(0, past.thrown);
    past.pass(1);
    assertEquals("aB", past.order("aB"));
  }

  @Test
  void onePerTenSecondsPays() {
    past.pass(10_000);
    past.dice.add(0);
    past.dice.add(0);
    assertEquals("aB", past.order("aB"));
    past.pass(9_999);
    assertEquals("Ba", past.order("aB"));
    past.pass(1);
    assertEquals("aB", past.order("aB"));
  }

  @Test
  void noDiceWhereTheOrderStaysAnyway() {
    past.pass(10_000);
    assertEquals("Ba", past.order("Ba"));
    assertEquals("a", past.order("a"));
    past.pass(60_000);
    assertEquals("aB", past.order("aB"));
    assertEquals(0, past.thrown);
  }

  @Test
  void canBeSwitchedOff() {
    HistorySettings d = HistorySettings.DEFAULT;
    Past never =
        new Past(
            new HistorySettings(
                d.baseDelayNanos(),
                d.minDelayNanos(),
                d.maxDelayNanos(),
                d.expiryNanos(),
                d.suspicionNanos(),
                0,
                0,
                d.maxNames()));
    never.fails("a", FailureKind.UNANSWERED, 300);
    never.pass(10_000);
    assertEquals("Ba", never.order("aB"));
    assertEquals(0, never.thrown);
  }
}
