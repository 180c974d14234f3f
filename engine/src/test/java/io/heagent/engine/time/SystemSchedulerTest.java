package io.heagent.engine.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
class SystemSchedulerTest {

  @Test
  void timersDoNotFireEarlyAndTheThreadEndsWhenIdle() throws InterruptedException {
    SystemScheduler scheduler = new SystemScheduler(10, TimeUnit.MILLISECONDS);
    CompletableFuture<Thread> fired = new CompletableFuture<>();
    long due = scheduler.now() + 20_000_000;
    scheduler.schedule(due, () -> fired.complete(Thread.currentThread()));
    Thread thread = fired.join();
    assertTrue(scheduler.now() >= due);
    thread.join();
    assertFalse(thread.isAlive());
  }

  @Test
  void cancelledTimerKeepsNoThreadAlive() throws InterruptedException {
    SystemScheduler scheduler = new SystemScheduler(10, TimeUnit.MILLISECONDS);
    scheduler.schedule(Long.MAX_VALUE / 2, () -> {}).cancel();
    CompletableFuture<Thread> fired = new CompletableFuture<>();
    scheduler.schedule(scheduler.now(), () -> fired.complete(Thread.currentThread()));
    fired.join().join();
  }

  @Test
  void processSharesOne() {
    SystemScheduler shared = SystemScheduler.shared();
    CompletableFuture<Thread> fired = new CompletableFuture<>();
    shared.schedule(shared.now(), () -> fired.complete(Thread.currentThread()));
    assertTrue(fired.join().isDaemon());
  }
}
