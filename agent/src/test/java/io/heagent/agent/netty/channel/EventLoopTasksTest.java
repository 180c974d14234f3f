package io.heagent.agent.netty.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.fake.FakeNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a race's task comes to an event loop that refuses it, or that is the wrong one. */
class EventLoopTasksTest {

  private static final long MS = 1_000_000L;

  private final FakeNetwork network = new FakeNetwork();
  private final List<String> seen = new ArrayList<>();

  /** What the event loop throws at the next tasks, in order; then it takes them. */
  private final Deque<Throwable> refusals = new ArrayDeque<>();

  private boolean shutDown;
  private boolean over;
  private int wrongThreads;

  /** How often the channel cannot tell its event loop, and the thread that watches it. */
  private int loopFailures;

  private int threadFailures;

  private boolean noTimers;

  /** How often the channel cannot be left alone. */
  private int abandonFailures;

  private final ExecutorService eventLoop =
      new AbstractExecutorService() {
        @Override
        public void execute(Runnable task) {
          say("brought");
          Throwable refusal = refusals.poll();
          if (refusal instanceof Error error) {
            throw error;
          } else if (refusal != null) {
            throw (RuntimeException) refusal;
          }
          task.run();
        }

        @Override
        public boolean isShutdown() {
          return shutDown;
        }

        @Override
        public boolean isTerminated() {
          return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
          return false;
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
          return List.of();
        }
      };

  private final EventLoopTasks tasks =
      new EventLoopTasks(
          new EventLoopTasks.Channel() {
            @Override
            public ExecutorService eventLoop() {
              failIf(loopFailures-- > 0);
              return eventLoop;
            }

            @Override
            public boolean isOnItsThread() {
              failIf(threadFailures-- > 0);
              return wrongThreads-- <= 0;
            }

            @Override
            public boolean isOver() {
              return over;
            }

            @Override
            public void abandoned() {
              say("abandoned");
              failIf(abandonFailures-- > 0);
            }
          },
          new EventLoopTasks.Timers() {
            @Override
            public void soon(Runnable task) {
              task.run();
            }

            @Override
            public void later(long nanos, Runnable task) {
              if (noTimers) {
                throw new OutOfMemoryError("no timer");
              }
              network.schedule(network.now() + nanos, task);
            }
          });

  private static void failIf(boolean fails) {
    if (fails) {
      throw new OutOfMemoryError("no memory");
    }
  }

  private void say(String what) {
    seen.add(network.ms() + " " + what);
  }

  private void happens(String... lines) {
    tasks.run(() -> say("run"));
    network.park(this, 60_000 * MS);
    assertEquals(List.of(lines), seen);
  }

  @Test
  void aTaskThatIsTakenRunsOnce() {
    happens("0 brought", "0 run");
  }

  @Test
  void aFullQueueIsTriedAgainUntilItHasRoom() {
    for (int i = 0; i < 3; i++) {
      refusals.add(new RejectedExecutionException("full"));
    }
    happens("0 brought", "5 brought", "15 brought", "35 brought", "35 run");
  }

  @Test
  void whateverElseItThrowsLosesNoTask() {
    refusals.add(new OutOfMemoryError("no room"));
    refusals.add(new IllegalStateException("the program's own event loop"));
    happens("0 brought", "5 brought", "15 brought", "15 run");
  }

  @Test
  void whatCannotBeHandedOverIsTriedAgain() {
    loopFailures = 1;
    happens("5 brought", "5 run");
  }

  @Test
  void whatHasArrivedAndCannotBeRunIsTriedAgain() {
    threadFailures = 1;
    happens("0 brought", "5 brought", "5 run");
  }

  /** The race's task cannot be run by anybody, so the race gives the channel back to Netty. */
  @Test
  void whatCannotEvenBeTriedAgainLeavesTheChannelAlone() {
    loopFailures = 1;
    noTimers = true;
    happens("0 abandoned");
  }

  /** If the race went on trying, the program would wait for its outcome until its own timeout. */
  @Test
  void whatFailsForGoodGivesTheRaceUp() {
    loopFailures = Integer.MAX_VALUE;
    happens("155 abandoned");
  }

  @Test
  void whatNeverCanBeRunGivesTheRaceUp() {
    threadFailures = Integer.MAX_VALUE;
    happens(
        "0 brought",
        "5 brought",
        "15 brought",
        "35 brought",
        "75 brought",
        "155 brought",
        "155 abandoned");
  }

  /** A queue that is full for long is no failure, and neither is a failure before that. */
  @Test
  void onlyFailuresInARowGiveTheRaceUp() {
    loopFailures = 5;
    for (int i = 0; i < 10; i++) {
      refusals.add(new RejectedExecutionException("full"));
    }
    tasks.run(() -> say("run"));
    network.park(this, 60_000 * MS);
    assertEquals("3195 run", seen.get(seen.size() - 1));
  }

  @Test
  void anEventLoopThatThrowsForGoodGivesTheRaceUp() {
    for (int i = 0; i < 6; i++) {
      refusals.add(new IllegalStateException("the program's own event loop"));
    }
    happens(
        "0 brought",
        "5 brought",
        "15 brought",
        "35 brought",
        "75 brought",
        "155 brought",
        "155 abandoned");
  }

  /** There is nothing else that the program might be waiting for. */
  @Test
  void aChannelThatCannotBeLeftAloneIsTriedUntilItIsOver() {
    loopFailures = Integer.MAX_VALUE;
    abandonFailures = Integer.MAX_VALUE;
    network.at(1_000, () -> over = true);
    happens("155 abandoned", "475 abandoned", "795 abandoned");
  }

  @Test
  void whatHasJustFailedIsDoneAfterAWhile() {
    tasks.runLater(() -> say("run"));
    network.park(this, 60_000 * MS);
    assertEquals(List.of("5 brought", "5 run"), seen);
  }

  @Test
  void anEventLoopThatIsShutDownIsTriedNoMore() {
    shutDown = true;
    refusals.add(new RejectedExecutionException("shut down"));
    happens("0 brought", "0 abandoned");
  }

  @Test
  void aChannelThatIsOutOfItsEventLoopIsWaitedFor() {
    wrongThreads = 2;
    happens("0 brought", "5 brought", "15 brought", "15 run");
  }

  @Test
  void waitsGrowToAThirdOfASecond() {
    wrongThreads = 9;
    happens(
        "0 brought",
        "5 brought",
        "15 brought",
        "35 brought",
        "75 brought",
        "155 brought",
        "315 brought",
        "635 brought",
        "955 brought",
        "1275 brought",
        "1275 run");
  }

  @Test
  void aRaceThatIsOverWantsNothingMore() {
    refusals.add(new RejectedExecutionException("full"));
    network.at(3, () -> over = true);
    happens("0 brought");
  }
}
