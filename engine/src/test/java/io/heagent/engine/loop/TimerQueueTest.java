package io.heagent.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order timers run, and when cancelled ones are dropped. */
class TimerQueueTest {
  private final TimerQueue queue = new TimerQueue();
  private final List<Integer> runs = new ArrayList<>();

  private TimerQueue.Entry add(long at, int number) {
    return queue.add(at, () -> runs.add(number));
  }

  private void runDue(long now) {
    Deque<Runnable> due = new ArrayDeque<>();
    queue.moveDue(now, due);
    due.forEach(Runnable::run);
  }

  @Test
  void byTimeAndThenByAge() {
    add(20, 2);
    add(10, 0);
    add(20, 3);
    add(10, 1);
    add(30, 4);
    assertEquals(10, queue.firstAt());
    runDue(9);
    assertEquals(List.of(), runs);
    runDue(20);
    assertEquals(List.of(0, 1, 2, 3), runs);
    assertEquals(30, queue.firstAt());
  }

  @Test
  void emptyIsNever() {
    assertEquals(TimerQueue.NEVER, queue.firstAt());
  }

  @Test
  void cancelledOnesAreNotWaitedFor() {
    TimerQueue.Entry first = add(10, 0);
    TimerQueue.Entry second = add(20, 1);
    add(30, 2);
    second.cancel();
    first.cancel();
    assertEquals(30, queue.firstAt());
    assertEquals(1, queue.size());
    runDue(30);
    assertEquals(List.of(2), runs);
  }

  @Test
  void cancelledAfterItWasFoundDueItDoesNotRun() {
    TimerQueue.Entry timer = add(10, 0);
    Deque<Runnable> due = new ArrayDeque<>();
    queue.moveDue(10, due);
    timer.cancel();
    due.forEach(Runnable::run);
    assertEquals(List.of(), runs);
  }

  /**
   * Races cancel their timers long before these are due; the cancelled timers of thousands of races
   * must not pile up.
   */
  @Test
  void cancelledOnesDoNotPileUpBehindALiveOne() {
    add(1, 0);
    for (int i = 0; i < 100_000; i++) {
      add(1_000 + i, i).cancel();
      assertTrue(queue.size() <= 1_024, () -> queue.size() + " timers");
    }
    for (int i = 0; i < 10_000; i++) {
      add(1_000 + i, i);
      add(1_000 + i, i).cancel();
    }
    assertTrue(queue.size() <= 20_100, () -> queue.size() + " timers");
    assertEquals(1, queue.firstAt());
  }
}
