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
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Resolvers that do not ask one question for each family, other preferred families, and answers
 * that were not asked for.
 */
class ResolutionQuestionsTest {
  private static final long T = 1_000; // any time but 0; the Resolution Delay is 50

  private final UnknownHostException no = new UnknownHostException("no");

  @Test
  void combinedAnswerKeepsItsOrder() {
    ResolutionCore core = new ResolutionCore(Set.of(BOTH), IPV6, 50);
    assertEquals(START, core.answer(BOTH, Answers.of("BaC"), T));
    assertEquals("BaC", names(core));
    assertTrue(core.isDone());
    assertEquals(WAIT, core.answer(BOTH, Answers.of("z"), T), "settled");
  }

  @Test
  void ipv4ApartAndBothAsOnJdk17() {
    ResolutionCore slowAaaa = new ResolutionCore(Set.of(IPV4, BOTH), IPV6, 50);
    assertEquals(WAIT, slowAaaa.answer(IPV4, Answers.of("B"), T));
    assertEquals(START, slowAaaa.tick(T + 50));
    assertEquals(JOIN, slowAaaa.answer(BOTH, Answers.of("Ba"), T + 3_000));
    assertSame(2, Set.copyOf(slowAaaa.addresses()).size());
    ResolutionCore lostA = new ResolutionCore(Set.of(IPV4, BOTH), IPV6, 50);
    assertEquals(WAIT, lostA.failure(IPV4, no, T));
    assertEquals(START, lostA.answer(BOTH, Answers.of("a"), T + 10));
    ResolutionCore bothFail = new ResolutionCore(Set.of(IPV4, BOTH), IPV6, 50);
    assertEquals(WAIT, bothFail.failure(BOTH, no, T));
    assertEquals(START, bothFail.answer(IPV4, Answers.of("B"), T));
  }

  @Test
  void literalsAnswerForEverything() {
    ResolutionCore good = apart(IPV6);
    assertEquals(START, good.answer(BOTH, Answers.of("B"), T));
    assertTrue(good.isDone());
    ResolutionCore malformed = apart(IPV6);
    assertEquals(FAILED, malformed.failure(BOTH, no, T));
  }

  @Test
  void otherPreferences() {
    ResolutionCore four = apart(IPV4);
    assertEquals(WAIT, four.answer(IPV6, Answers.of("a"), T));
    assertEquals(START, four.answer(IPV4, Answers.of("B"), T + 9));
    assertEquals("Ba", names(four));
    ResolutionCore none = apart(BOTH);
    assertEquals(START, none.answer(IPV4, Answers.of("B"), T));
    ResolutionCore patient = new ResolutionCore(EnumSet.of(IPV6, IPV4), IPV6, NEVER);
    assertEquals(WAIT, patient.answer(IPV4, Answers.of("B"), T));
    assertEquals(NEVER, patient.wakeAt());
    assertEquals(START, patient.failure(IPV6, null, T + 15_000));
  }

  @Test
  void strangersAndRepetitionsAreIgnored() {
    ResolutionCore core = apart(IPV6);
    assertEquals(WAIT, core.answer(IPV6, Answers.of("B"), T), "an IPv4 address is no answer");
    assertEquals(WAIT, core.answer(IPV6, Answers.of("a"), T));
    assertEquals(WAIT, core.failure(IPV6, no, T));
    assertEquals(List.of(), core.failures());
    assertEquals(START, core.answer(IPV4, Answers.of("C"), T));
    assertEquals("C", names(core));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ResolutionCore(Set.of(), IPV6, 50));
    assertThrows(IllegalArgumentException.class, () -> new ResolutionCore(Set.of(BOTH), IPV6, -1));
  }

  private static ResolutionCore apart(Question preferred) {
    return new ResolutionCore(EnumSet.of(IPV6, IPV4), preferred, 50);
  }

  private static String names(ResolutionCore core) {
    return Answers.names(core.addresses());
  }
}
