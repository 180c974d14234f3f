package io.heagent.agent.connect.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent's loop on its real thread, which sleeps until it has something to do. */
@Tag("socket")
class AgentLoopTest {

  private final AgentLoop loop = new AgentLoop();

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  @AfterEach
  void end() {
    loop.endWhenIdle();
  }

  private Thread thread() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    loop.execute(() -> thread.complete(Thread.currentThread()));
    return thread.join();
  }

  @Test
  void tasksAndTimersRunOnOneDaemonThread() {
    Thread thread = thread();
    assertEquals("he-agent-loop", thread.getName());
    assertTrue(thread.isDaemon());
    CompletableFuture<Thread> timer = new CompletableFuture<>();
    long due = loop.now() + 1_000_000;
    loop.schedule(due, () -> timer.complete(Thread.currentThread()));
    assertSame(thread, timer.join());
    assertTrue(loop.now() - due >= 0, "not before its time");
  }

  @Test
  void clockIsTheOneOfAllRaces() {
    long before = System.nanoTime();
    long now = loop.now();
    assertTrue(now - before >= 0 && System.nanoTime() - now >= 0);
  }

  @Test
  void soonIsNowOnAnyOtherThread() {
    List<Thread> ran = new ArrayList<>();
    loop.soon(() -> ran.add(Thread.currentThread()));
    assertEquals(List.of(Thread.currentThread()), ran);
  }

  @Test
  void manyTimersAreACrowd() {
    assertFalse(loop.isCrowded());
    List<Scheduler.Timer> timers = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      timers.add(loop.schedule(loop.now() + TimeUnit.HOURS.toNanos(1), () -> {}));
    }
    assertTrue(loop.isCrowded());
    timers.forEach(Scheduler.Timer::cancel);
  }

  /** The agent leaves the JVM; what a race still has to do starts a thread once more. */
  @Test
  void threadEndsWhenTheAgentLeaves() throws InterruptedException {
    loop.endWhenIdle();
    Thread thread = thread();
    loop.endWhenIdle();
    thread.join();
    assertNotSame(thread, thread());
  }
}
