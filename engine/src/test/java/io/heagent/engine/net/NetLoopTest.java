package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes wrong on the loop's thread ends neither it nor what waits for it. */
@Tag("socket")
class NetLoopTest {
  private final NetLoop loop = new NetLoop(50, TimeUnit.MILLISECONDS);

  private Thread thread() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    loop.execute(() -> thread.complete(Thread.currentThread()));
    return thread.orTimeout(60, TimeUnit.SECONDS).join();
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
    timer.orTimeout(60, TimeUnit.SECONDS).join();
    assertSame(thread, thread());
  }

  /** Whatever ends the thread, the next task has another one. */
  @Test
  void aThreadThatHasDiedIsReplaced() throws InterruptedException {
    Thread thread = thread();
    thread.join();
    assertNotEquals(thread, thread());
  }

  /** The program's default handler is none of the loop's business. */
  @Test
  void itsThreadHasAHandlerOfItsOwn() {
    Thread thread = thread();
    assertNotEquals(thread.getThreadGroup(), thread.getUncaughtExceptionHandler());
  }
}
