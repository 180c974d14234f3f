package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wins and what is left afterwards. */
class WinnerTest {

  @Test
  void w1TwoSuccessesInOneTick() {
    Track track = Track.of(2).at(300).win(1).win(0);
    assertEquals(
        List.of("0 start 0", "250 start 1", "300 cancel 0 LOST", "300 won 1", "300 cancel 0 LATE"),
        track.log);
    assertEquals("LATE WON", track.outcomes());
  }

  @Test
  void w2EverySuccessButOneIsHandedBack() {
    Track track = Track.of(3).at(600).win(1).at(700).win(0).at(800).win(2);
    assertEquals(2, track.log.stream().filter(line -> line.endsWith("LATE")).count());
    assertEquals(1, track.log.stream().filter(line -> line.contains("won")).count());
  }

  @Test
  void w3SuccessOfADroppedAttemptIsHandedBack() {
    Track track = Track.withCap(3, 2).at(501).win(0);
    assertEquals("501 cancel 0 LATE", track.log.get(track.log.size() - 1));
    assertEquals("LATE RUNNING RUNNING", track.outcomes());
    assertEquals(500 * Track.MS, track.core.attempts().get(0).endNanos());
  }

  @Test
  void w4LateSuccessOverwritesNothing() {
    Track track = Track.of(2).at(300).win(0).at(90_000).win(1).win(0);
    assertEquals("WON LATE", track.outcomes());
    assertEquals("90000 cancel 1 LATE", track.log.get(track.log.size() - 1));
  }

  @Test
  void w5SuccessAfterCancelIsHandedBack() {
    Track track = Track.of(2).at(100).cancel().win(0);
    assertEquals(
        List.of("0 start 0", "100 cancel 0 CANCELLED", "100 CANCELLED", "100 cancel 0 LATE"),
        track.log);
  }

  @Test
  void w5SuccessBeforeCancelWinsAndCancelIsIgnored() {
    Track track = Track.of(2).at(100).win(0).cancel();
    assertEquals(List.of("0 start 0", "100 won 0"), track.log);
  }

  @Test
  void w7ImmediateSuccessStartsNoSuccessor() {
    Track track = Track.of(Track.ENDLESS).win(0).at(10_000).tick();
    assertEquals(List.of("0 start 0", "0 won 0"), track.log);
  }

  @Test
  void w8SuccessAtTheVeryTickOfTheTimerWins() {
    Track track = Track.of(2).at(250).win(0).tick();
    assertEquals(List.of("0 start 0", "250 won 0"), track.log);
  }

  @Test
  void w8TimerReportedFirstStartsTheNextAndTheFirstStillWins() {
    Track track = Track.of(2).at(250).tick().win(0);
    assertEquals(List.of("0 start 0", "250 start 1", "250 cancel 1 LOST", "250 won 0"), track.log);
  }

  @Test
  void w8SuccessAtTheVeryTickOfTheDeadlineWins() {
    Track track = Track.withDeadline(2, 200).at(200).win(0).tick();
    assertEquals(List.of("0 start 0", "200 won 0"), track.log);
  }

  @Test
  void s3NothingIsArmedAfterTheRace() {
    for (Track track :
        List.of(
            Track.withDeadline(5, 5000).at(300).win(0),
            Track.withDeadline(5, 5000).at(300).cancel(),
            Track.withDeadline(5, 5000).at(5000).tick(),
            Track.withDeadline(1, 5000).at(300).fail(0))) {
      assertTrue(track.core.isFinished());
      assertEquals(RaceCore.NEVER, track.core.wakeAt());
    }
  }

  @Test
  void s8TheWinIsReportedAtTheTimeOfTheSuccess() {
    Track track = Track.of(2).at(1).win(0);
    AttemptRecord record = track.core.attempts().get(0);
    assertEquals(new AttemptRecord(0, 0, Track.MS, Outcome.WON, null), record);
  }

  @Test
  void failureThenSuccessOfOneAttemptIsHandedBack() {
    Track track = Track.of(2).at(50).fail(0).win(0);
    assertEquals(List.of("0 start 0", "50 start 1", "50 cancel 0 LATE"), track.log);
  }
}
