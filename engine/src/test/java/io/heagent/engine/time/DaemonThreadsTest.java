package io.heagent.engine.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine's threads have in common. */
class DaemonThreadsTest {

  /** A thread of an application that is undeployed must not keep the application's group. */
  @Test
  void threadKeepsNothingOfTheOneThatMakesIt() throws InterruptedException {
    ThreadGroup own = new ThreadGroup(new ThreadGroup("application"), "requests");
    List<Thread> made = new ArrayList<>();
    Thread maker =
        new Thread(own, () -> made.add(DaemonThreads.create(() -> {}, "look", (t, e) -> {})));
    maker.setContextClassLoader(new ClassLoader() {});
    maker.start();
    maker.join();
    Thread thread = made.get(0);
    assertEquals("look", thread.getName());
    assertTrue(thread.isDaemon());
    assertNull(thread.getContextClassLoader());
    assertNull(thread.getThreadGroup().getParent(), "the top group");
  }

  @Test
  void threadsAreNumberedAndHaveTheirHandler() {
    Thread.UncaughtExceptionHandler handler = (thread, thrown) -> {};
    DaemonThreads threads = new DaemonThreads("he-test", handler);
    assertEquals("he-test-1", threads.newThread(() -> {}).getName());
    Thread second = threads.newThread(() -> {});
    assertEquals("he-test-2", second.getName());
    assertSame(handler, second.getUncaughtExceptionHandler());
  }

  @Test
  void whatAThreadThrowsIsPrinted() {
    PrintStream before = System.err;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setErr(new PrintStream(caught, true, UTF_8));
    try {
      Thread thread = new DaemonThreads("he-test").newThread(() -> {});
      thread
          .getUncaughtExceptionHandler()
          .uncaughtException(thread, new IllegalStateException("broken"));
    } finally {
      System.setErr(before);
    }
    List<String> lines = caught.toString(UTF_8).lines().toList();
    assertEquals(
        "Exception in thread \"he-test-1\" java.lang.IllegalStateException: broken", lines.get(0));
    assertTrue(lines.get(2).startsWith("\tat "), "and where it was thrown");
  }

  /** The program's System.err may throw, and the thread is to go on. */
  @Test
  void handlerThatCannotPrintThrowsNothing() {
    PrintStream before = System.err;
    System.setErr(
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8) {
          @Override
          public void println(String line) {
            throw new IllegalStateException("closed");
          }
        });
    try {
      DaemonThreads.printing().uncaughtException(Thread.currentThread(), new Error("broken"));
    } finally {
      System.setErr(before);
    }
  }
}
