package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When attempts start. */
class StartRuleTest {

  @Test
  void delayStartsTheNextAndEndsNothing() {
    Track track = Track.of(3).at(700);
    assertEquals(List.of("0 start 0", "250 start 1", "500 start 2"), track.log);
    assertEquals("RUNNING RUNNING RUNNING", track.outcomes());
  }

  @Test
  void s1FailureOfAnOlderAttemptChangesNothing() {
    Track track = Track.of(4).at(300).fail(0).at(700);
    assertEquals(List.of("0 start 0", "250 start 1", "500 start 2"), track.log);
  }

  @Test
  void s1OlderFailsLastAfterTheNewestHasFailedAlready() {
    Track track = Track.of(3).at(253).fail(1).at(255).fail(0).at(400);
    assertEquals(List.of("0 start 0", "250 start 1", "260 start 2"), track.log);
  }

  @Test
  void s2FailureOfTheNewestStartsTheNextAtOnceAndRestartsTheTimer() {
    Track track = Track.of(4).at(100).fail(0).at(400);
    assertEquals(List.of("0 start 0", "100 start 1", "350 start 2"), track.log);
  }

  @Test
  void s4TimerAndFailureInOneTickStartOne() {
    Track failureFirst = Track.of(4).at(250).fail(0).tick().at(400);
    Track timerFirst = Track.of(4).at(250).tick().fail(0).at(400);
    assertEquals(List.of("0 start 0", "250 start 1"), failureFirst.log);
    assertEquals(List.of("0 start 0", "250 start 1"), timerFirst.log);
  }

  @Test
  void s5DelayZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RaceSettings(0, 6, 10 * Track.MS));
    assertThrows(IllegalArgumentException.class, () -> new RaceSettings(0, 6, -1));
    assertThrows(IllegalArgumentException.class, () -> new RaceSettings(Track.MS, 0, 0));
  }

  @Test
  void s6OffMeansStrictlyOneAfterAnother() {
    Track track = Track.sequential(3).at(60_000).fail(0).at(120_000);
    assertEquals(List.of("0 start 0", "60000 start 1"), track.log);
    assertEquals("FAILED RUNNING", track.outcomes());
  }

  @Test
  void s9LocalFailureCostsNothing() {
    Track track = Track.of(4).failLocally(0).failLocally(1).at(100).failLocally(2).at(200);
    assertEquals(List.of("0 start 0", "0 start 1", "0 start 2", "100 start 3"), track.log);
  }

  @Test
  void otherFailuresKeepTheMinimumGap() {
    Track track = Track.of(4).at(3).fail(0).at(12).fail(1).at(35).fail(2).at(100);
    assertEquals(List.of("0 start 0", "10 start 1", "20 start 2", "35 start 3"), track.log);
  }

  @Test
  void floorNeverPutsAStartOff() {
    // The delay makes the next start due at 250; a failure at 249 must not move it to 259.
    Track track = Track.of(2).at(249).fail(0).at(300);
    assertEquals(List.of("0 start 0", "249 start 1"), track.log);
  }

  @Test
  void s10BeyondTheCapTheOldestIsDropped() {
    Track track = Track.withCap(4, 2).at(800);
    assertEquals(
        List.of(
            "0 start 0",
            "250 start 1",
            "500 start 2",
            "500 cancel 0 DROPPED",
            "750 start 3",
            "750 cancel 1 DROPPED"),
        track.log);
    assertEquals("DROPPED DROPPED RUNNING RUNNING", track.outcomes());
  }

  @Test
  void s11BlackHolesNeverStrandLaterCandidates() {
    Track track = Track.withCap(20, 6).at(19 * 250).tick().win(19);
    assertEquals("4750 won 19", track.log.get(track.log.size() - 1));
  }

  @Test
  void capMakesRoomOnlyWhenItIsReached() {
    Track track = Track.withCap(4, 2).at(300).fail(0).at(600);
    assertEquals(List.of("0 start 0", "250 start 1", "500 start 2"), track.log);
  }

  @Test
  void aFailureReportedAfterTheDropIsIgnored() {
    Track track = Track.withCap(9, 2).at(600).fail(0, new Exception("late"));
    assertEquals(Outcome.DROPPED, track.core.attempts().get(0).outcome());
    assertEquals(3, track.log.stream().filter(line -> line.contains("start")).count());
  }

  @Test
  void anAttemptMayHaveADelayOfItsOwn() {
    RaceCore core = new RaceCore(RaceSettings.DEFAULT, 0, RaceCore.NEVER);
    core.poll();
    core.offer(0, 40 * Track.MS);
    assertEquals(40 * Track.MS, core.wakeAt());
    core.tick(40 * Track.MS);
    core.offer(40 * Track.MS, 0);
    assertEquals(50 * Track.MS, core.wakeAt(), "less than the minimum gap counts as the gap");
    core.tick(50 * Track.MS);
    core.offer(50 * Track.MS, RaceCore.NEVER);
    assertEquals(RaceCore.NEVER, core.wakeAt());
  }
}
