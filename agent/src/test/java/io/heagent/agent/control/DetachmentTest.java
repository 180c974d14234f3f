package io.heagent.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.log.Stderr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a detach waits for, in which order it goes on, and what becomes of one that fails. */
class DetachmentTest {
  private static final String DETACHED =
      "detached: nothing is raced, and the JDK's classes are what they were";

  private final List<String> steps = new ArrayList<>();
  private final Stderr stderr = new Stderr();

  /** Milliseconds that have passed. */
  private long now;

  private boolean detaching;
  private boolean channelRaces;
  private boolean threadConnects;
  private boolean selectHangs;
  private String thread;
  private RuntimeException ofRestore;
  private RuntimeException ofStart;
  private Runnable waiting;

  /** What was printed before the bridge forgot the agent; null while it has not. */
  private List<String> printedBefore;

  private final Detachment.Agent agent =
      new Detachment.Agent() {
        @Override
        public boolean leave() {
          boolean first = !detaching;
          detaching = true;
          return first;
        }

        @Override
        public void leaveLater() {
          detaching = false;
        }

        @Override
        public boolean isQuiet() {
          return !channelRaces;
        }

        @Override
        public boolean isConnecting() {
          return threadConnects;
        }

        @Override
        public boolean endSelects() {
          return !selectHangs;
        }

        @Override
        public void end() {
          steps.add("hooks off");
        }

        @Override
        public void forget() {
          steps.add("forgotten");
          printedBefore = stderr.lines();
        }
      };

  private final Leaving classes =
      new Leaving() {
        @Override
        public boolean isQuiet() {
          return true;
        }

        @Override
        public void stopWeaving() {
          steps.add("weaves nothing");
        }

        @Override
        public Map<String, Throwable> restore() {
          if (ofRestore != null) {
            throw ofRestore;
          }
          steps.add("classes back");
          return Map.of();
        }
      };

  private final Detachment detachment =
      new Detachment(agent, classes) {
        @Override
        void pause(long millis) {
          now += millis;
        }

        @Override
        void start(Runnable task) {
          if (ofStart != null) {
            throw ofStart;
          }
          waiting = task;
        }

        @Override
        String otherThread() {
          return thread;
        }
      };

  @AfterEach
  void putBack() {
    stderr.close();
  }

  /** Another agent that came in before the classes are back would be unwoven with them. */
  @Test
  void theAgentAnswersUntilTheClassesAreBack() throws InterruptedException {
    Answer answer = detachment.leave();
    assertEquals(DETACHED, answer.text());
    assertEquals(0, answer.exit());
    assertEquals(List.of("weaves nothing", "hooks off", "classes back", "forgotten"), steps);
    assertEquals(List.of(), stderr.lines());
  }

  @Test
  void aDetachThatFailsCanBeRepeated() throws InterruptedException {
    ofRestore = new IllegalStateException("no memory");
    assertThrows(IllegalStateException.class, detachment::leave);
    assertFalse(steps.contains("forgotten"), "the second detach must reach the agent");
    ofRestore = null;
    assertEquals(DETACHED, detachment.leave().text());
  }

  @Test
  void aDetachWhoseThreadCannotBeStartedCanBeRepeated() throws InterruptedException {
    threadConnects = true;
    ofStart = new IllegalStateException("no thread");
    assertThrows(IllegalStateException.class, detachment::leave);
    threadConnects = false;
    assertEquals(DETACHED, detachment.leave().text());
  }

  @Test
  void aThreadThatHasWaitedAndFailsLeavesItToTheNextDetach() throws InterruptedException {
    threadConnects = true;
    Answer begun = detachment.leave();
    assertEquals(0, begun.exit());
    assertEquals(Detachment.PATIENCE_MILLIS, now);
    assertEquals(1, detachment.leave().exit(), "it is leaving already");
    threadConnects = false;
    ofRestore = new IllegalStateException("no memory");
    assertThrows(IllegalStateException.class, waiting::run);
    ofRestore = null;
    assertEquals(DETACHED, detachment.leave().text());
  }

  /** The program has neither asked for the outcome nor closed it. */
  @Test
  void aChannelThatTheProgramHasForgottenDoesNotKeepTheAgent() throws InterruptedException {
    channelRaces = true;
    assertTrue(detachment.leave().text().startsWith("nothing is raced from now on; "));
    now = 0;
    waiting.run();
    assertEquals(Detachment.FORGOTTEN_MILLIS, now);
    assertTrue(steps.contains("forgotten"));
  }

  @Test
  void whatDoesNotEndIsTold() throws InterruptedException {
    selectHangs = true;
    thread = "he-agent-loop";
    List<String> lines =
        List.of(
            "a select of the program has not returned; until then it keeps objects of the agent",
            "the thread he-agent-loop has not ended yet; it does nothing to connects");
    assertEquals(String.join("\n", lines) + "\n" + DETACHED, detachment.leave().text());
    assertEquals(lines.stream().map(line -> "[he-agent] " + line).toList(), stderr.lines());
  }

  /**
   * The log's thread is gone by then, and the program's stderr may block for as long as it likes.
   */
  @Test
  void anotherAgentNeedNotWaitUntilTheLastLineIsPrinted() throws InterruptedException {
    thread = "he-agent-loop";
    detachment.leave();
    assertEquals(List.of(), printedBefore);
    assertEquals(1, stderr.lines().size());
  }
}
