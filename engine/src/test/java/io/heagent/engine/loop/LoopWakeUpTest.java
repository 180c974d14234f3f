package io.heagent.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What wakes a loop whose thread sleeps for an hour, and what need not. */
class LoopWakeUpTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final ScriptedSelector selector = new ScriptedSelector();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final EventLoop loop =
      new EventLoop("he-test-loop", HOUR, () -> selector, (thread, thrown) -> faults.add(thrown));

  @AfterEach
  void end() throws InterruptedException {
    Thread thread = loop.thread();
    loop.endWhenIdle();
    if (thread != null) {
      thread.join();
    }
  }

  /** Runs a task on the loop's thread, and returns when that thread sleeps again. */
  private void inLoop(Runnable task) throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          task.run();
          done.complete(null);
        });
    done.join();
    selector.asleep();
  }

  @Test
  void taskWakesASleepingLoop() throws InterruptedException {
    inLoop(() -> {});
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    loop.execute(() -> ran.complete(Thread.currentThread()));
    assertSame(loop.thread(), ran.join());
    assertEquals("he-test-loop", loop.thread().getName());
    selector.asleep();
  }

  /** Of many timers with the same delay only the first needs a wake-up. */
  @Test
  void timerWakesItOnlyIfItIsTheNext() throws InterruptedException {
    inLoop(() -> {});
    long now = loop.now();
    List<Scheduler.Timer> timers = new ArrayList<>();
    timers.add(loop.schedule(now + HOUR / 2, () -> {}));
    assertTrue(selector.asleep() <= TimeUnit.NANOSECONDS.toMillis(HOUR / 2));
    int wakeUps = selector.wakeUps.get();
    timers.add(loop.schedule(now + HOUR / 2, () -> {}));
    timers.add(loop.schedule(now + HOUR * 2, () -> {}));
    assertEquals(wakeUps, selector.wakeUps.get());
    timers.add(loop.schedule(now + HOUR / 4, () -> {}));
    assertEquals(wakeUps + 1, selector.wakeUps.get());
    assertTrue(selector.asleep() <= TimeUnit.NANOSECONDS.toMillis(HOUR / 4));
    timers.forEach(Scheduler.Timer::cancel);
  }

  @Test
  void timerThatIsDueRunsAtOnce() throws InterruptedException {
    inLoop(() -> {});
    CompletableFuture<Void> ran = new CompletableFuture<>();
    loop.schedule(loop.now(), () -> ran.complete(null));
    ran.join();
  }

  /** The loop's own thread does not sleep, and each wake-up is a system call. */
  @Test
  void whatTheLoopItselfAsksForTakesNoWakeUp() throws InterruptedException {
    inLoop(() -> {});
    int before = selector.wakeUps.get();
    List<String> ran = new ArrayList<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.flush();
          loop.schedule(loop.now(), () -> ran.add("timer"));
          loop.execute(() -> last.complete(null));
        });
    last.join();
    selector.asleep();
    assertEquals(before + 1, selector.wakeUps.get(), "of the first task");
    assertEquals(List.of("timer"), ran);
  }

  /** Channels that other threads have closed are deregistered by the next selection. */
  @Test
  void flushHasTheLoopSelectOnceMore() throws InterruptedException {
    inLoop(() -> {});
    long selects = loop.selects();
    loop.flush();
    selector.asleep();
    assertTrue(loop.selects() > selects);
  }

  @Test
  void withoutAThreadThereIsNothingToFlush() {
    loop.flush();
    assertEquals(0, selector.wakeUps.get());
    assertNull(loop.thread());
  }

  @Test
  void loopThatIsToEndWhenIdleEndsAtOnceAndClosesItsSelector() throws InterruptedException {
    inLoop(() -> {});
    Thread thread = loop.thread();
    loop.endWhenIdle();
    thread.join();
    assertNull(loop.thread());
    assertEquals(1, selector.closed.get());
  }

  /** A selection that fails is told, and the tasks go on. */
  @Test
  void selectionThatFailsEndsNothing() throws InterruptedException {
    inLoop(() -> {});
    IOException broken = new IOException("pretended");
    selector.broken = broken;
    CompletableFuture<Void> ran = new CompletableFuture<>();
    loop.execute(() -> {});
    selector.asleep();
    assertEquals(List.of(broken), faults);
    loop.execute(() -> ran.complete(null));
    ran.join();
    selector.asleep();
  }

  /** There is no memory for a thread: the caller gets the reason, and nothing stays open. */
  @Test
  void whereNoThreadCanBeMadeNothingStaysOpen() {
    EventLoop nameless =
        new EventLoop(null, HOUR, () -> selector, DaemonThreads.printing()); // which no thread is
    assertThrows(NullPointerException.class, () -> nameless.execute(() -> {}));
    assertEquals(1, selector.closed.get());
    assertNull(nameless.thread());
    assertEquals(0, nameless.selects());
  }

  /** When thousands of races end at once, sixteen of them tell their programs together. */
  @Test
  void whatIsPutOffRunsAfterSixteenTasks() throws InterruptedException {
    List<String> order = new ArrayList<>();
    inLoop(
        () -> {
          for (int i = 0; i < 20; i++) {
            String number = "" + i;
            loop.execute(
                () -> {
                  order.add(number);
                  loop.soon(() -> order.add("told " + number));
                });
          }
        });
    List<String> expected = new ArrayList<>();
    addAll(expected, 0, 16);
    addAll(expected, 16, 20);
    assertEquals(expected, order);
  }

  private static void addAll(List<String> expected, int from, int to) {
    for (int i = from; i < to; i++) {
      expected.add("" + i);
    }
    for (int i = from; i < to; i++) {
      expected.add("told " + i);
    }
  }
}
