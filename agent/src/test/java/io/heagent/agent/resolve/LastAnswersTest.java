package io.heagent.agent.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.agent.connect.fake.Ip;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What is remembered of look-ups, and for how long. */
class LastAnswersTest {

  private final LastAnswers answers = new LastAnswers();
  private final InetAddress[] one = Ip.all("192.0.2.1", "192.0.2.2");
  private final InetAddress[] two = Ip.all("192.0.2.3");

  @Test
  void keptAsGivenForHalfAMinute() {
    answers.add("x", one, 5);
    assertSame(one, answers.of("x", 5));
    assertSame(one, answers.of("x", 5 + LastAnswers.KEPT_NANOS - 1));
    assertNull(answers.of("x", 5 + LastAnswers.KEPT_NANOS));
    assertNull(answers.of("X", 5));
  }

  @Test
  void untilTheNextLookUp() {
    answers.add("x", one, 0);
    answers.add("x", two, 10);
    assertSame(two, answers.of("x", LastAnswers.KEPT_NANOS + 5));
    assertEquals(1, answers.size());
    answers.forget("x");
    assertNull(answers.of("x", 10));
    assertEquals(0, answers.size());
  }

  @Test
  void oldestGivesWay() {
    for (int i = 0; i < LastAnswers.MOST; i++) {
      answers.add("name" + i, one, i);
    }
    answers.add("name0", two, LastAnswers.MOST);
    answers.add("one more", two, LastAnswers.MOST);
    assertEquals(LastAnswers.MOST, answers.size());
    assertSame(two, answers.of("name0", LastAnswers.MOST), "it was looked up again");
    assertNull(answers.of("name1", LastAnswers.MOST));
    assertSame(one, answers.of("name2", LastAnswers.MOST));
  }

  /** A name that is looked up all the time puts no other out. */
  @Test
  void manyLookUpsOfOneNameTakeOnePlace() {
    answers.add("x", one, 0);
    for (int i = 0; i < 10 * LastAnswers.MOST; i++) {
      answers.add("y", two, i);
    }
    assertEquals(2, answers.size());
    assertSame(one, answers.of("x", 1));
  }

  @Test
  void whatIsTooOldIsLetGoOfByTheNextLookUp() {
    answers.add("x", one, 0);
    answers.add("y", two, LastAnswers.KEPT_NANOS);
    assertEquals(1, answers.size());
  }

  /** The clock of the system may begin anywhere. */
  @Test
  void clockMayOverflow() {
    long nearTheEnd = Long.MAX_VALUE - 5;
    answers.add("x", one, nearTheEnd);
    assertSame(one, answers.of("x", Long.MIN_VALUE));
    assertNull(answers.of("x", nearTheEnd + LastAnswers.KEPT_NANOS));
  }
}
