package io.heagent.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One timer in place of many. Times are milliseconds. */
class EarliestTimerTest {
  private static final long MS = 1_000_000L;

  private final VirtualTime time = new VirtualTime();
  private final long origin = time.now();
  private final List<Long> fired = new ArrayList<>();
  private final EarliestTimer timer = new EarliestTimer(time, this::fire);

  private void fire() {
    timer.fired();
    fired.add(time.ms());
  }

  private void arm(long ms) {
    timer.arm(origin + ms * MS);
  }

  @Test
  void firesAtTheEarliestTimeItWasArmedFor() {
    arm(30);
    arm(20);
    assertEquals(1, time.armed());
    time.through(100);
    assertEquals(List.of(20L), fired);
    assertFalse(timer.isArmed());
  }

  /**
   * A timer that is armed for an earlier time is not moved, because its task looks what is due
   * then.
   */
  @Test
  void oneThatComesEarlyEnoughIsLeftAlone() {
    arm(20);
    arm(30);
    time.through(100);
    assertEquals(List.of(20L), fired);
  }

  @Test
  void nothingDueDisarmsIt() {
    arm(20);
    timer.arm(EarliestTimer.NEVER);
    assertEquals(0, time.armed());
    time.through(100);
    assertEquals(List.of(), fired);
  }

  @Test
  void canBeArmedAgainAfterItHasFired() {
    arm(20);
    time.through(20);
    arm(25);
    assertTrue(timer.isArmed());
    time.through(25);
    assertEquals(List.of(20L, 25L), fired);
  }

  @Test
  void whereThereIsNoTimerItIsNotArmed() {
    Scheduler none =
        new Scheduler() {
          @Override
          public long now() {
            return 0;
          }

          @Override
          public Timer schedule(long atNanos, Runnable task) {
            throw new OutOfMemoryError("no timer");
          }
        };
    EarliestTimer lost = new EarliestTimer(none, this::fire);
    lost.arm(20 * MS);
    assertFalse(lost.isArmed());
  }
}
