package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Since when a race waits for its source only, all attempts having failed. */
class IdleTest {

  private static void assertIdleSince(long ms, Track track) {
    assertEquals(ms * Track.MS, track.core.idleSince());
  }

  @Test
  void sinceTheLastFailure() {
    Track track = Track.of(2);
    assertEquals(RaceCore.NEVER, track.core.idleSince());
    track.at(251).sourceFallsSilent().at(300).fail(1);
    assertEquals(RaceCore.NEVER, track.core.idleSince(), "the first one is in flight");
    assertIdleSince(400, track.at(400).fail(0));
    assertIdleSince(400, track.at(900));
  }

  @Test
  void untilTheNextAttempt() {
    Track track = Track.of(2).sourceFallsSilent().at(20).fail(0);
    assertIdleSince(20, track);
    track.at(100).sourceAnswers();
    assertEquals(RaceCore.NEVER, track.core.idleSince());
    assertIdleSince(150, track.at(150).fail(1));
  }

  @Test
  void neverBeforeTheFirst() {
    assertEquals(RaceCore.NEVER, Track.of(0).core.idleSince());
  }
}
