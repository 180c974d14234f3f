package io.heagent.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An exception on the loop's thread ends neither the thread nor the tasks that wait for it. */
@Tag("socket")
class EventLoopTest {
  private final EventLoop loop = Loops.briefly();

  private Thread thread() {
    return thread(loop);
  }

  private static Thread thread(EventLoop loop) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    loop.execute(() -> thread.complete(Thread.currentThread()));
    return join(thread);
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void anErrorOutsideOfTasksEndsNothing() {
    Thread thread = thread();
    thread.setUncaughtExceptionHandler(
        (loop, thrown) -> {
          throw new StackOverflowError("in the handler");
        });
    loop.execute(
        () -> {
          throw new OutOfMemoryError("in a task");
        });
    CompletableFuture<Void> timer = new CompletableFuture<>();
    loop.schedule(loop.now(), () -> timer.complete(null));
    join(timer);
    assertSame(thread, thread());
  }

  /** If the thread has died, the next task starts another one. */
  @Test
  void aThreadThatHasDiedIsReplaced() throws InterruptedException {
    Thread thread = thread();
    thread.join();
    assertNotEquals(thread, thread());
  }

  /** The loop does not use the program's default uncaught exception handler. */
  @Test
  void itsThreadHasAHandlerOfItsOwn() {
    Thread thread = thread();
    assertNotEquals(thread.getThreadGroup(), thread.getUncaughtExceptionHandler());
  }

  @Test
  void whatTasksThrowGoesToTheHandler() {
    CompletableFuture<Throwable> fault = new CompletableFuture<>();
    EventLoop own =
        new EventLoop(
            "he-test-loop", 1, Selector::open, (thread, thrown) -> fault.complete(thrown));
    own.execute(
        () -> {
          throw new IllegalStateException("in a task");
        });
    assertEquals("in a task", join(fault).getMessage());
  }

  /**
   * If the thread cannot be started, the caller gets the reason, nothing is queued, and the next
   * caller tries again.
   */
  @Test
  void whatCannotBeBegunLeavesNothingQueued() {
    AtomicInteger opened = new AtomicInteger();
    EventLoop poor =
        new EventLoop(
            "he-test-loop",
            50_000_000,
            () -> {
              if (opened.incrementAndGet() <= 2) {
                throw new IOException("Too many open files");
              }
              return Selector.open();
            },
            DaemonThreads.printing());
    AtomicInteger runs = new AtomicInteger();
    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> poor.execute(runs::incrementAndGet));
    assertEquals("Too many open files", thrown.getCause().getMessage());
    assertThrows(
        UncheckedIOException.class, () -> poor.schedule(poor.now(), runs::incrementAndGet));
    assertNull(poor.thread());
    assertEquals(0, poor.selects());
    thread(poor);
    thread(poor);
    assertEquals(0, runs.get());
    assertEquals(3, opened.get());
  }

  /**
   * A selector notices only at its next selection that a channel was closed. A loop that waited for
   * the channel to be ready would wait for ever.
   */
  @Test
  void endsAlthoughItsLastTaskHasClosedWhatItWatches() throws Exception {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      Thread thread = thread();
      loop.execute(
          () -> {
            try {
              loop.watch(channel, SelectionKey.OP_READ, () -> {});
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      loop.schedule(loop.now() + 1_000_000, () -> close(channel));
      thread.join(TimeUnit.SECONDS.toMillis(60));
      assertFalse(thread.isAlive());
      assertNull(loop.thread());
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsClosedElsewhereIsLetGoOfByAFlush() throws Exception {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      Thread thread = thread();
      CompletableFuture<Void> watched = new CompletableFuture<>();
      loop.execute(
          () -> {
            try {
              loop.watch(channel, SelectionKey.OP_READ, () -> {});
              watched.complete(null);
            } catch (IOException e) {
              watched.completeExceptionally(e);
            }
          });
      join(watched);
      close(channel);
      loop.flush();
      thread.join(TimeUnit.SECONDS.toMillis(60));
      assertFalse(thread.isAlive());
    }
  }

  /**
   * A timer that another timer has cancelled does not run, not even if both are due at the same
   * time.
   */
  @Test
  void aTimerCancelsAnotherThatIsDueWithIt() {
    List<String> order = new ArrayList<>();
    List<Scheduler.Timer> timers = new ArrayList<>();
    CompletableFuture<Void> last = new CompletableFuture<>();
    loop.execute(
        () -> {
          long now = loop.now();
          timers.add(
              loop.schedule(
                  now,
                  () -> {
                    order.add("first");
                    timers.get(1).cancel();
                  }));
          timers.add(loop.schedule(now, () -> order.add("cancelled")));
          loop.schedule(now, () -> order.add("third"));
          loop.schedule(now, () -> last.complete(null));
        });
    join(last);
    assertEquals(List.of("first", "third"), order);
  }

  @Test
  void soonIsNowElsewhereAndAfterwardsInTheLoop() {
    List<String> order = new ArrayList<>();
    loop.soon(() -> order.add("now"));
    assertEquals(List.of("now"), order);
    CompletableFuture<Void> last = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.execute(() -> last.complete(null));
          loop.soon(() -> order.add("afterwards"));
          order.add("in the task");
        });
    join(last);
    assertEquals(List.of("now", "in the task", "afterwards"), order);
  }

  @Test
  void manyTimersAreACrowd() {
    CompletableFuture<Boolean> before = new CompletableFuture<>();
    CompletableFuture<Boolean> after = new CompletableFuture<>();
    List<Scheduler.Timer> timers = new ArrayList<>();
    loop.execute(
        () -> {
          for (int i = 0; i < 127; i++) {
            timers.add(loop.schedule(loop.now() + TimeUnit.HOURS.toNanos(1), () -> {}));
          }
          before.complete(loop.isCrowded());
          timers.add(loop.schedule(loop.now() + TimeUnit.HOURS.toNanos(1), () -> {}));
          after.complete(loop.isCrowded());
          timers.forEach(Scheduler.Timer::cancel);
        });
    assertFalse(join(before));
    assertTrue(join(after));
    // All timers were cancelled, so nothing keeps the loop's thread from ending.
    while (loop.thread() != null) {
      Thread.onSpinWait();
    }
  }
}
