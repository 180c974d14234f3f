package io.heagent.engine.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Look-ups that hang, and more look-ups than may run at the same time. */
class LookupLimitsTest extends LookupRig {

  @Test
  void stuckLookupsGiveTheirPlaceToOthers() {
    ask("hang1");
    time.at(500);
    ask("hang2");
    Answers answers = ask("x");
    time.at(2_000);
    assertEquals(2, threads.size());
    time.through(2_000);
    assertEquals(3, threads.size());
    threads.removeLast().run();
    assertEquals(List.of("2000 BOTH aB"), answers.log);
  }

  @Test
  void overflowIsAnsweredAtOnce() {
    for (String name : List.of("hang1", "hang2", "wait1", "wait2")) {
      ask(name);
    }
    Answers refused = ask("x");
    assertEquals(List.of("0 BOTH ResolverOverflowException"), refused.log);
    assertEquals("x: too many look-ups under way", refused.causes.get(0).getMessage());
    assertEquals(List.of(), ask("wait1").log, "who asks the same is not refused");
    time.through(2_000);
    assertEquals(4, threads.size());
    ask("a");
    ask("b");
    time.through(60_000);
    assertEquals(4, threads.size(), "the most there may be");
    assertEquals(0, time.armed());
    assertEquals(List.of("60000 BOTH ResolverOverflowException"), ask("x").log);
    threads.remove().run();
    assertEquals(4, threads.size(), "the first that waits has the place");
  }

  @Test
  void stuckNameIsAskedOnceMoreAndNotOftener() {
    Answers first = ask("x");
    time.at(2_000);
    Answers second = ask("x");
    time.at(9_000);
    Answers third = ask("x");
    assertEquals(2, threads.size());
    threads.removeLast().run();
    assertEquals(List.of(), first.log);
    assertEquals(List.of("9000 BOTH aB"), second.log);
    assertEquals(second.log, third.log);
    threads.remove().run();
    assertEquals(second.log, first.log);
  }

  /** The end of a later look-up does not make the one forgotten that is stuck. */
  @Test
  void nameWhoseLookUpsAreAllStuckIsNotAskedAgain() {
    ask("x");
    time.at(2_000);
    ask("x");
    threads.removeLast().run();
    ask("x");
    assertEquals(2, threads.size(), "one is stuck, one runs");
    time.at(4_000);
    ask("x");
    assertEquals(2, threads.size(), "both are stuck");
    threads.remove().run();
    ask("x");
    assertEquals(2, threads.size(), "one is left that is stuck");
  }

  @Test
  void noThreadIsAnOverflow() {
    resolver =
        resolver(
            EnumSet.of(Question.BOTH),
            task -> {
              throw new RejectedExecutionException("no thread");
            });
    Answers answers = ask("x");
    assertEquals(List.of("0 BOTH ResolverOverflowException"), answers.log);
    assertSame(RejectedExecutionException.class, answers.causes.get(0).getCause().getClass());
    assertEquals(answers.log, ask("x").log);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LookupLimits(0, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LookupLimits(2, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LookupLimits(1, 1, -1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LookupLimits(1, 1, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new LookupLimits(1, 1, 1, 1, 0));
  }

  @Test
  void theLeastIsAllowed() {
    assertEquals(0, new LookupLimits(1, 1, 0, 1, 1).waiting());
  }

  @Test
  void whoIsRefusedMayCancelAllTheSame() {
    for (String name : List.of("hang1", "hang2", "wait1", "wait2")) {
      ask(name);
    }
    Answers refused = new Answers(time);
    Resolver.Query query = resolver.resolve("x", refused);
    query.cancel();
    assertEquals(List.of("0 BOTH ResolverOverflowException"), refused.log);
  }
}
