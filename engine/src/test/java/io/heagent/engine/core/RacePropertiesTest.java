package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties that hold for every schedule of events. */
class RacePropertiesTest {
  private static final long DEADLINE_MS = 8000;

  @Provide
  Arbitrary<List<Step>> schedules() {
    return Step.any().list().ofMaxSize(40);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void oneEndAndNothingLeft(
      @ForAll("schedules") List<Step> schedule,
      @ForAll @IntRange(max = 12) int candidates,
      @ForAll @IntRange(min = 1, max = 4) int cap) {
    RandomRace race = ran(schedule, candidates, cap);
    assertEquals(1, race.finals.size());
    assertEquals(RaceCore.NEVER, race.core.wakeAt());
    assertNull(race.core.poll());
    assertTrue(race.core.attempts().stream().noneMatch(AttemptRecord::isRunning));
    assertEquals(0, race.startsAfterEnd);
    assertTrue(race.mostInFlight <= race.cap(), () -> race.mostInFlight + " in flight");
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void openedMinusClosedIsTheWinner(
      @ForAll("schedules") List<Step> schedule, @ForAll @IntRange(max = 12) int candidates) {
    RandomRace race = ran(schedule, candidates, 3);
    boolean won = race.finals.get(0).kind() == Action.Kind.WON;
    assertEquals(won ? 1 : 0, race.opened - race.closed);
    long winners = race.core.attempts().stream().filter(r -> r.outcome() == Outcome.WON).count();
    assertEquals(won ? 1 : 0, winners);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void everyAttemptEndsExactlyOnce(
      @ForAll("schedules") List<Step> schedule, @ForAll @IntRange(max = 12) int candidates) {
    RandomRace race = ran(schedule, candidates, 3);
    // A late success replaces the outcome that its attempt had before, so it may count on either
    // side.
    long byRace = 0;
    long late = 0;
    for (AttemptRecord record : race.core.attempts()) {
      switch (record.outcome()) {
        case LOST, DROPPED, TIMED_OUT, CANCELLED -> byRace++;
        case LATE -> late++;
        default -> {}
      }
    }
    assertTrue(race.cancels >= byRace && race.cancels <= byRace + late);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void startsKeepTheirDistance(
      @ForAll("schedules") List<Step> schedule,
      @ForAll @IntRange(max = 12) int candidates,
      @ForAll @IntRange(min = 1, max = 4) int cap) {
    RandomRace race = ran(schedule, candidates, cap);
    List<AttemptRecord> records = race.core.attempts();
    for (int i = 1; i < records.size(); i++) {
      AttemptRecord before = records.get(i - 1);
      long gap = records.get(i).startNanos() - before.startNanos();
      boolean failed =
          before.outcome() == Outcome.FAILED && before.endNanos() <= records.get(i).startNanos();
      boolean mayHaveFailed = failed || before.outcome() == Outcome.LATE;
      assertTrue(mayHaveFailed || gap >= 250 * Track.MS, () -> "too close: " + records);
      assertTrue(race.failedLocally.get(i - 1) || gap >= 10 * Track.MS, () -> "floor: " + records);
    }
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void nothingHappensAfterTheDeadline(
      @ForAll("schedules") List<Step> schedule, @ForAll @IntRange(max = 12) int candidates) {
    RandomRace race = ran(schedule, candidates, 3);
    for (AttemptRecord record : race.core.attempts()) {
      assertTrue(record.startNanos() < DEADLINE_MS * Track.MS);
      assertTrue(record.endNanos() <= DEADLINE_MS * Track.MS, () -> "" + record);
    }
  }

  private static RandomRace ran(List<Step> schedule, int candidates, int cap) {
    RandomRace race = new RandomRace(candidates, cap, DEADLINE_MS);
    race.run(schedule);
    return race;
  }
}
