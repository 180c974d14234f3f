package io.heagent.agent.connect.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.attempt.RaceEnding.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a program's next connect finds what has become of the one before. */
class RaceEndingTest {
  private final List<String> done = new ArrayList<>();

  /** The step that throws, or none. */
  private String faulty = "";

  private final RaceEnding ending =
      new RaceEnding(
          new RaceEnding.Steps() {
            @Override
            public void tell(Phase how) {
              add("told " + how);
            }

            @Override
            public void keepBooks(Phase how) {
              add("books " + how);
            }

            @Override
            public void leave() {
              add("left");
            }
          });

  private void add(String step) {
    done.add(step);
    if (!faulty.isEmpty() && step.startsWith(faulty)) {
      throw new OutOfMemoryError(step);
    }
  }

  /**
   * The program's next connect may come while the agent still records this one. It must not count
   * as a second connect in flight.
   */
  @ParameterizedTest
  @EnumSource(names = {"WON_BY_PRIMARY", "WON_BY_FALLBACK"})
  void aConnectionIsKnownBeforeTheProgramIsTold(Phase how) {
    ending.end(how);
    assertEquals(List.of("left", "told " + how, "books " + how), done);
  }

  /**
   * Until the program picks the failure up it waits, and its pause between two connects has not
   * begun.
   */
  @Test
  void aFailureIsKnownAsTheProgramPicksItUp() {
    ending.end(Phase.FAILED);
    assertEquals(List.of("told FAILED", "books FAILED"), done);
    ending.leave();
    ending.leave();
    assertEquals(List.of("told FAILED", "books FAILED", "left"), done);
  }

  /**
   * The time that the agent takes within the program's close does not count as a pause of the
   * program.
   */
  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "ABANDONED"})
  void aCloseIsKnownAsItReturns(Phase how) {
    ending.end(how);
    assertEquals(List.of("told " + how, "books " + how, "left"), done);
  }

  @ParameterizedTest
  @EnumSource(names = {"WON_BY_PRIMARY", "WON_BY_FALLBACK", "FAILED", "CANCELLED", "ABANDONED"})
  void noStepThatFailsKeepsAnotherFromBeingDone(Phase how) {
    ending.end(how);
    ending.leave();
    List<String> all = List.copyOf(done);
    for (String step : List.of("left", "told", "books")) {
      RaceEndingTest other = new RaceEndingTest();
      other.faulty = step;
      other.ending.end(how);
      other.ending.leave();
      assertEquals(all, other.done, step);
    }
  }
}
