package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources of candidates that are slow, empty, endless or late. */
class SourceTest {

  @Test
  void i2TimeCountsFromTheActualStart() {
    Track track = Track.of(3).sourceFallsSilent().at(400).sourceAnswers().at(700);
    assertEquals(List.of("0 start 0", "400 start 1", "650 start 2"), track.log);
  }

  @Test
  void i2WinWhileTheSourceIsAsked() {
    Track track = Track.of(3).sourceFallsSilent().at(400).win(0).sourceAnswers();
    assertEquals(List.of("0 start 0", "400 won 0"), track.log);
  }

  @Test
  void c10CancelWhileTheSourceIsAsked() {
    Track track = Track.of(3).sourceFallsSilent().at(400).cancel().sourceAnswers();
    assertEquals(List.of("0 start 0", "400 cancel 0 CANCELLED", "400 CANCELLED"), track.log);
  }

  @Test
  void deadlineWhileTheSourceIsAsked() {
    Track track = Track.withDeadline(3, 300).sourceFallsSilent().at(500).sourceAnswers();
    assertEquals(List.of("0 start 0", "300 cancel 0 TIMED_OUT", "300 TIMED_OUT"), track.log);
  }

  @Test
  void nothingFailsWhileTheSourceIsAsked() {
    Track track = Track.of(1).sourceFallsSilent().at(400).fail(0).at(2000);
    assertEquals(List.of("0 start 0"), track.log);
    assertEquals(List.of("0 start 0", "2000 FAILED"), track.sourceAnswers().log);
  }

  @Test
  void theQuestionIsAskedOnce() {
    RaceCore core = new RaceCore(RaceSettings.DEFAULT, 0, RaceCore.NEVER);
    assertEquals(Action.of(Action.Kind.WANT_CANDIDATE), core.poll());
    core.tick(0);
    core.tick(Track.MS);
    assertNull(core.poll());
    assertEquals(RaceCore.NEVER, core.wakeAt());
  }

  @Test
  void i3EndlessSourceIsNotReadAhead() {
    Track track = Track.of(Track.ENDLESS).at(600).win(2).at(100_000).tick();
    assertEquals(3, track.core.attempts().size());
  }

  @Test
  void i4OfferingUnaskedStartsNothing() {
    Track track = Track.of(3).at(100);
    assertEquals(Action.NONE, track.core.offer(100 * Track.MS));
    assertEquals(1, track.core.attempts().size());
  }

  @Test
  void i7EmptySourceFailsAtOnceWithoutRecords() {
    Track track = Track.of(0);
    assertEquals(List.of("0 FAILED"), track.log);
    assertEquals(List.of(), track.core.attempts());
  }

  @Test
  void exhaustedSourceArmsNoTimer() {
    Track track = Track.of(1).at(251);
    assertEquals(RaceCore.NEVER, track.core.wakeAt());
  }

  @Test
  void d4LateCandidatesStillHonourTheDelay() {
    Track track = Track.of(1);
    track.core.exhausted(0);
    track.at(1).more(1).at(600);
    assertEquals(List.of("0 start 0", "250 start 1"), track.log);
  }

  @Test
  void lateCandidateStartsAtOnceWhenItsTimeHasPassed() {
    Track track = Track.of(1).at(3000).more(2).at(3300);
    assertEquals(List.of("0 start 0", "3000 start 1", "3250 start 2"), track.log);
  }

  @Test
  void lateCandidatesAfterTheEndStartNothing() {
    Track track = Track.of(1).at(100).fail(0).more(3).at(5000);
    assertEquals(List.of("0 start 0", "100 FAILED"), track.log);
  }
}
