package io.heagent.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that prints a line never runs the code of the program's stream itself. */
@Tag("socket")
@Timeout(60)
class LinesTest {
  private final PrintStream before = System.err;
  private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
  private final Lines lines = new Lines();

  @AfterEach
  void putBack() {
    System.setErr(before);
  }

  /** Says on which thread. */
  private void programsOwn(Runnable first) {
    System.setErr(
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(String line) {
            printed.add(Thread.currentThread().getName() + ": " + line);
            first.run();
          }
        });
  }

  @Test
  void whoFlushesDoesNotPrintItself() throws InterruptedException {
    programsOwn(() -> {});
    lines.printLater(() -> true);
    lines.say("a");
    lines.say("b");
    assertEquals(List.of(), List.copyOf(printed));
    lines.flush();
    assertEquals("he-agent-log: a", printed.take());
    assertEquals("he-agent-log: b", printed.take());
  }

  /** If stderr is a full pipe, or a stream of the program's that waits, no connect waits for it. */
  @Test
  void aStreamThatBlocksHoldsUpNobody() throws InterruptedException {
    CountDownLatch readAgain = new CountDownLatch(1);
    programsOwn(
        () -> {
          try {
            readAgain.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    lines.printLater(() -> true);
    lines.say("a");
    lines.flush();
    lines.say("b");
    lines.flush();
    assertEquals("he-agent-log: a", printed.take());
    assertEquals(List.of(), List.copyOf(printed));
    readAgain.countDown();
    assertEquals("he-agent-log: b", printed.take());
  }

  @Test
  void othersHaveThemPrinted() throws InterruptedException {
    programsOwn(() -> {});
    lines.printLater(() -> false);
    lines.say("a");
    assertEquals("he-agent-log: a", printed.take());
    lines.say("b");
    assertEquals("he-agent-log: b", printed.take());
  }

  /**
   * A stream that throws loses no other line, and the thread that prints one does not see the
   * exception.
   */
  @Test
  void aStreamThatThrows() throws InterruptedException {
    programsOwn(
        () -> {
          throw new StackOverflowError("in the program's stream");
        });
    lines.say("a");
    lines.printLater(() -> true);
    lines.say("b");
    lines.say("c");
    lines.flush();
    takeThree();
  }

  private void takeThree() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      printed.take();
    }
  }

  /**
   * A stream that prints a line itself, or connects and so flushes lines, is not called from within
   * itself.
   */
  @Test
  void aStreamThatComesBack() throws InterruptedException {
    List<Integer> depth = new ArrayList<>();
    programsOwn(
        () -> {
          depth.add(1);
          if (depth.size() < 3) {
            lines.say("again");
            lines.flush();
          }
        });
    lines.printLater(() -> true);
    lines.say("a");
    lines.flush();
    takeThree();
  }

  private void flood(int more) {
    for (int i = 0; i < LineRate.BURST + more; i++) {
      lines.sayInTime("a");
    }
  }

  private void takeBurst() throws InterruptedException {
    for (int i = 0; i < LineRate.BURST; i++) {
      assertEquals("he-agent-log: a", printed.take());
    }
  }

  /** There may be no next line to tell it before. */
  @Test
  void afterAFloodAndSilenceIsToldWhatWasLeftOut() throws InterruptedException {
    programsOwn(() -> {});
    lines.printLater(() -> true);
    flood(2_000);
    lines.flush();
    takeBurst();
    String told = printed.take();
    assertTrue(
        told.matches(
            "he-agent-log: \\[he-agent] \\d+ lines were left out here, which came too fast"),
        told);
    assertTrue(Integer.parseInt(told.split(" ", -1)[2]) > 1_000, told);
  }

  @Test
  void theEndOfTheJvmIsSoonEnoughForIt() throws InterruptedException {
    programsOwn(() -> {});
    flood(2_000);
    printed.clear();
    lines.drain();
    assertTrue(printed.take().endsWith(" lines were left out here, which came too fast"));
  }

  /** There may be no memory for that line. Then a later one tells it, and logging goes on. */
  @Test
  void afterAFailureToTellWhatWasLeftOutLoggingGoesOn() throws InterruptedException {
    CountDownLatch fails = new CountDownLatch(1);
    Lines failing =
        new Lines() {
          @Override
          String leftOut(long count) {
            if (fails.getCount() > 0) {
              fails.countDown();
              throw new OutOfMemoryError("no place for a line");
            }
            return super.leftOut(count);
          }
        };
    programsOwn(() -> {});
    failing.printLater(() -> true);
    for (int i = 0; i < LineRate.BURST + 2_000; i++) {
      failing.sayInTime("a");
    }
    failing.flush();
    takeBurst();
    failing.printAtOnce();
    fails.await();
    failing.printLater(() -> true);
    failing.say("b");
    failing.flush();
    assertEquals("he-agent-log: b", printed.take());
    failing.printAtOnce();
    assertTrue(printed.take().endsWith(" lines were left out here, which came too fast"));
  }

  /** The daemon thread has taken the number, and has not printed the line yet. */
  @Test
  void theEndOfTheJvmWaitsForThatLine() throws InterruptedException {
    Thread ends = Thread.currentThread();
    CountDownLatch taken = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();
    Lines slow =
        new Lines() {
          @Override
          String leftOut(long count) {
            taken.countDown();
            while (ends.getState() != Thread.State.TIMED_WAITING && !over.get()) {
              Thread.onSpinWait();
            }
            return super.leftOut(count);
          }
        };
    programsOwn(() -> {});
    slow.printLater(() -> true);
    for (int i = 0; i < LineRate.BURST + 2_000; i++) {
      slow.sayInTime("a");
    }
    slow.flush();
    takeBurst();
    slow.printAtOnce();
    taken.await();
    slow.drain();
    String told = printed.poll();
    over.set(true);
    assertNotNull(told);
    assertTrue(told.endsWith(" lines were left out here, which came too fast"), told);
  }

  @Test
  void whatIsLostAtALimitIsToldToo() throws InterruptedException {
    programsOwn(() -> {});
    lines.printLater(() -> true);
    for (int i = 0; i < Lines.LIMIT; i++) {
      lines.say("a");
    }
    lines.sayInTime("lost");
    lines.sayInTime("lost");
    lines.flush();
    takeBurst();
    assertEquals(
        "he-agent-log: [he-agent] 2 lines were left out here, which came too fast", printed.take());
  }

  @Test
  void whatNobodyPrintsIsLostAtALimit() throws InterruptedException {
    programsOwn(() -> {});
    lines.printLater(() -> true);
    for (int i = 0; i < Lines.LIMIT + 10; i++) {
      lines.say("a");
    }
    lines.flush();
    for (int i = 0; i < Lines.LIMIT; i++) {
      printed.take();
    }
    lines.say("b");
    lines.flush();
    assertEquals("he-agent-log: b", printed.take());
  }
}
