package io.heagent.engine.resolve;

import static io.heagent.engine.resolve.Question.BOTH;
import static io.heagent.engine.resolve.Question.IPV4;
import static io.heagent.engine.resolve.Question.IPV6;
import static io.heagent.engine.resolve.ResolutionCore.NEVER;
import static io.heagent.engine.resolve.ResolutionCore.Step.FAILED;
import static io.heagent.engine.resolve.ResolutionCore.Step.JOIN;
import static io.heagent.engine.resolve.ResolutionCore.Step.START;
import static io.heagent.engine.resolve.ResolutionCore.Step.WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the race may start: the Resolution Delay of RFC 8305, section 3. */
class ResolutionCoreTest {
  private static final long T = 1_000; // any time but 0; the Resolution Delay is 50

  private final UnknownHostException no = new UnknownHostException("no");

  @Test
  void aaaaFirstStartsAtOnceAndAJoins() {
    ResolutionCore core = apart(IPV6);
    assertEquals(NEVER, core.wakeAt());
    assertEquals(START, core.answer(IPV6, Answers.of("a"), T));
    assertEquals("a", names(core));
    assertEquals(NEVER, core.wakeAt());
    assertEquals(JOIN, core.answer(IPV4, Answers.of("BC"), T + 3_000));
    assertEquals("aBC", names(core));
    assertTrue(core.isDone());
  }

  @Test
  void aFirstWaitsTheResolutionDelay() {
    ResolutionCore core = apart(IPV6);
    assertEquals(WAIT, core.answer(IPV4, Answers.of("B"), T));
    assertEquals(T + 50, core.wakeAt());
    assertEquals(WAIT, core.tick(T + 49));
    assertEquals(START, core.tick(T + 50));
    assertEquals(WAIT, core.tick(T + 51));
    assertEquals(JOIN, core.answer(IPV6, Answers.of("a"), T + 60));
    assertEquals("aB", names(core), "the whole list is woven again");
  }

  @Test
  void aaaaWithinTheDelayEndsTheWait() {
    ResolutionCore positive = apart(IPV6);
    positive.answer(IPV4, Answers.of("B"), T);
    assertEquals(START, positive.answer(IPV6, Answers.of("a"), T + 20));
    assertEquals("aB", names(positive));
    ResolutionCore empty = apart(IPV6);
    empty.answer(IPV4, Answers.of("B"), T);
    assertEquals(START, empty.answer(IPV6, List.of(), T + 20));
    ResolutionCore failed = apart(IPV6);
    failed.answer(IPV4, Answers.of("B"), T);
    assertEquals(START, failed.failure(IPV6, no, T + 20));
    assertEquals("B", names(failed));
    assertEquals(List.of(no), failed.failures());
  }

  @Test
  void negativeAaaaFirstThenAStartsAtOnce() {
    ResolutionCore core = apart(IPV6);
    assertEquals(WAIT, core.answer(IPV6, List.of(), T));
    assertEquals(NEVER, core.wakeAt(), "nothing to start with");
    assertEquals(START, core.answer(IPV4, Answers.of("B"), T + 3_000));
  }

  @Test
  void negativeAFirstIsNotTheEnd() {
    for (boolean failure : new boolean[] {true, false}) {
      ResolutionCore core = apart(IPV6);
      assertEquals(WAIT, failure ? core.failure(IPV4, no, T) : core.answer(IPV4, List.of(), T));
      assertEquals(NEVER, core.wakeAt());
      assertFalse(core.isDone());
      assertEquals(WAIT, core.tick(T + 50));
      assertEquals(START, core.answer(IPV6, Answers.of("a"), T + 9_000));
    }
  }

  @Test
  void theDelayCountsFromTheFirstAnswerOfAnyKind() {
    ResolutionCore core =
        new ResolutionCore(EnumSet.allOf(Question.class), IPV6, 50); // three look-ups
    assertEquals(WAIT, core.failure(BOTH, no, T));
    assertEquals(WAIT, core.answer(IPV4, Answers.of("B"), T + 30));
    assertEquals(T + 50, core.wakeAt());
    assertEquals(START, core.tick(T + 50));
  }

  @Test
  void anAnswerAfterTheDelayHasRunOutStartsAtOnce() {
    ResolutionCore core = new ResolutionCore(EnumSet.allOf(Question.class), IPV6, 50);
    core.failure(BOTH, no, T);
    assertEquals(START, core.answer(IPV4, Answers.of("B"), T + 51));
  }

  @Test
  void answerAndTimerInOneTick() {
    ResolutionCore answerFirst = apart(IPV6);
    answerFirst.answer(IPV4, Answers.of("B"), T);
    assertEquals(START, answerFirst.answer(IPV6, Answers.of("a"), T + 50));
    assertEquals("aB", names(answerFirst));
    assertEquals(WAIT, answerFirst.tick(T + 50));
    ResolutionCore timerFirst = apart(IPV6);
    timerFirst.answer(IPV4, Answers.of("B"), T);
    assertEquals(START, timerFirst.tick(T + 50));
    assertEquals("B", names(timerFirst));
    assertEquals(JOIN, timerFirst.answer(IPV6, Answers.of("a"), T + 50));
    assertEquals("aB", names(timerFirst));
  }

  @Test
  void failureOfOneFamilyIsNotTheRaces() {
    ResolutionCore core = apart(IPV6);
    UnknownHostException second = new UnknownHostException("second");
    assertEquals(WAIT, core.failure(IPV6, no, T));
    assertEquals(WAIT, core.tick(T + 60));
    assertEquals(FAILED, core.failure(IPV4, second, T + 15_000));
    assertEquals(List.of(no, second), core.failures());
    assertEquals(WAIT, core.tick(T + 16_000), "said once");
    assertEquals(0, no.getSuppressed().length, "others may have the same exception");
  }

  @Test
  void emptyAnswersAreAFailureWithoutCause() {
    ResolutionCore core = apart(IPV6);
    assertEquals(WAIT, core.answer(IPV6, List.of(), T));
    assertEquals(FAILED, core.answer(IPV4, List.of(), T));
    assertEquals(List.of(), core.failures());
  }

  @Test
  void failureAfterTheStartIsNoStep() {
    ResolutionCore core = apart(IPV6);
    core.answer(IPV6, Answers.of("a"), T);
    assertEquals(WAIT, core.failure(IPV4, no, T + 10));
    assertTrue(core.isDone());
  }

  private static ResolutionCore apart(Question preferred) {
    return new ResolutionCore(EnumSet.of(IPV6, IPV4), preferred, 50);
  }

  private static String names(ResolutionCore core) {
    return Answers.names(core.addresses());
  }

  @Test
  void noDelayAtAllIsAllowedAndLessIsNot() {
    EnumSet<Question> both = EnumSet.of(IPV6, IPV4);
    assertEquals(NEVER, new ResolutionCore(both, IPV6, 0).wakeAt());
    assertThrows(IllegalArgumentException.class, () -> new ResolutionCore(both, IPV6, -1));
    EnumSet<Question> none = EnumSet.noneOf(Question.class);
    assertThrows(IllegalArgumentException.class, () -> new ResolutionCore(none, IPV6, 0));
  }
}
