package io.heagent.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a loop's thread sleeps, and when it ends. Times are milliseconds. */
class AgendaTest {

  private static final long MS = 1_000_000L;
  private static final long IDLE = 50;

  private final Agenda agenda = new Agenda(IDLE * MS);
  private final Deque<Runnable> due = new ArrayDeque<>();
  private Selection selection;

  @BeforeEach
  void open() throws IOException {
    selection = new Selection(Selector::open);
  }

  @AfterEach
  void close() {
    selection.close();
  }

  private long collect(long ms) {
    return collect(ms, false);
  }

  private long collect(long ms, boolean hasRun) {
    due.clear();
    return agenda.collect(ms * MS, due, selection, hasRun);
  }

  /** It has run a task at this time. */
  private void busy(long ms) {
    agenda.add(() -> {});
    assertEquals(0, collect(ms));
    assertEquals(1, due.size());
  }

  @Test
  void idleThreadEndsAfterItsTime() {
    busy(1_000);
    assertEquals(IDLE, collect(1_000));
    assertEquals(40, collect(1_010));
    assertEquals(1, collect(1_049));
    assertEquals(LoopThread.END, collect(1_050));
  }

  /**
   * A quick answer cancels the timer that a thread was started for; the next connect comes soon.
   */
  @Test
  void threadWhoseTimerIsCancelledBeforeItRunsWaitsForMore() {
    busy(1_000);
    assertEquals(LoopThread.END, collect(1_050));
    agenda.begin(2_000 * MS);
    agenda.add(2_100 * MS, () -> {}).cancel();
    assertEquals(IDLE, collect(2_000));
    assertEquals(LoopThread.END, collect(2_050));
  }

  @Test
  void anyTaskBeginsThatTimeAnew() {
    busy(1_000);
    busy(1_040);
    assertEquals(10, collect(1_080));
    assertEquals(0, collect(1_085, true), "it may have closed a channel");
    assertEquals(IDLE, collect(1_085));
  }

  @Test
  void threadThatIsToEndWhenIdleEndsAtOnce() {
    busy(1_000);
    agenda.endWhenIdle();
    assertEquals(LoopThread.END, collect(1_000));
  }

  @Test
  void sleepsUntilTheNextTimer() {
    busy(1_000);
    agenda.add(1_030 * MS, () -> {});
    assertEquals(25, collect(1_005));
    assertTrue(agenda.isAsleepAt(1_030 * MS - 1));
    assertFalse(agenda.isAsleepAt(1_030 * MS), "it wakes by itself then");
    assertEquals(0, collect(1_030));
    assertEquals(1, due.size());
    assertFalse(agenda.isAsleepAt(1_030 * MS), "it is awake");
  }

  @Test
  void whileAChannelIsWatchedItSleepsForEver() throws IOException {
    busy(1_000);
    Pipe pipe = Pipe.open();
    try {
      pipe.source().configureBlocking(false);
      selection.watch(pipe.source(), SelectionKey.OP_READ, () -> {});
      assertEquals(LoopThread.FOREVER, collect(2_000));
      assertTrue(agenda.isAsleepAt(Long.MAX_VALUE - 1));
      agenda.add(2_010 * MS, () -> {});
      assertEquals(10, collect(2_000));
    } finally {
      pipe.source().close();
      pipe.sink().close();
    }
  }
}
