package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How a race ends without a winner: by its deadline, by cancellation, or because all attempts
 * failed.
 */
class EndTest {

  @Test
  void allFailedEndsAtTheLastFailure() {
    Exception first = new Exception("first");
    Track track = Track.withDeadline(2, 9000).at(300).fail(0, first).at(1234).fail(1);
    assertEquals(List.of("0 start 0", "250 start 1", "1234 FAILED"), track.log);
    assertSame(first, track.core.attempts().get(0).cause());
    assertEquals(1234 * Track.MS, track.core.attempts().get(1).endNanos());
  }

  @Test
  void failedSiblingsEndNothingWhileTheFirstIsPending() {
    Track track = Track.of(3).at(250).tick().failLocally(1).failLocally(2).at(75_000);
    assertEquals(List.of("0 start 0", "250 start 1", "250 start 2"), track.log);
    track.fail(0);
    assertEquals("75000 FAILED", track.log.get(3));
  }

  @Test
  void o1OneDeadlineCoversAllAttempts() {
    Track track = Track.withDeadline(9, 600).at(700);
    assertEquals(
        List.of(
            "0 start 0",
            "250 start 1",
            "500 start 2",
            "600 cancel 0 TIMED_OUT",
            "600 cancel 1 TIMED_OUT",
            "600 cancel 2 TIMED_OUT",
            "600 TIMED_OUT"),
        track.log);
  }

  @Test
  void o1DeadlineBeatsTheDelayInOneTick() {
    Track track = Track.withDeadline(9, 250).at(250).tick();
    assertEquals(List.of("0 start 0", "250 cancel 0 TIMED_OUT", "250 TIMED_OUT"), track.log);
  }

  @Test
  void deadlineThatHasPassedStartsNothing() {
    assertEquals(List.of("0 TIMED_OUT"), Track.withDeadline(9, 0).log);
  }

  @Test
  void c14FailureAtTheDeadlineWithoutATickStartsNothing() {
    Track track = Track.withDeadline(9, 100).at(100).fail(0);
    assertEquals(List.of("0 start 0", "100 TIMED_OUT"), track.log);
  }

  @Test
  void lastFailureAtTheVeryDeadlineIsAFailure() {
    Track track = Track.withDeadline(1, 100).at(100);
    track.core.exhausted(100 * Track.MS);
    assertEquals(List.of("0 start 0", "100 FAILED"), track.fail(0).tick().log);
  }

  @Test
  void c1CancelEndsEveryRunningAttemptOnce() {
    Track track = Track.of(9).at(300).cancel().cancel().tick().at(5000);
    assertEquals(
        List.of(
            "0 start 0",
            "250 start 1",
            "300 cancel 0 CANCELLED",
            "300 cancel 1 CANCELLED",
            "300 CANCELLED"),
        track.log);
  }

  @Test
  void c6FailuresAfterTheEndAreIgnored() {
    Track track = Track.of(2).at(300).win(1).fail(0, new Exception("closed by the race"));
    assertEquals("LOST WON", track.outcomes());
    assertNull(track.core.attempts().get(0).cause());
  }

  @Test
  void c9CancelInTheDelayStartsNothing() {
    Track track = Track.of(9).at(100).cancel().at(1000).tick();
    assertEquals(List.of("0 start 0", "100 cancel 0 CANCELLED", "100 CANCELLED"), track.log);
  }

  @Test
  void cancelBetweenEventAndPollAsksForNothingMore() {
    RaceCore core = new RaceCore(RaceSettings.DEFAULT, 0, RaceCore.NEVER);
    core.cancel(0);
    assertEquals(Action.of(Action.Kind.CANCELLED), core.poll());
    assertNull(core.poll());
    assertEquals(Action.NONE, core.offer(0));
  }

  @Test
  void i8TenThousandInstantFailures() {
    Track track = Track.of(10_000);
    for (int attempt = 0; attempt < 10_000; attempt++) {
      track.failLocally(attempt);
    }
    assertEquals("0 FAILED", track.log.get(10_000));
    assertEquals(RaceCore.NEVER, track.core.wakeAt());
  }
}
