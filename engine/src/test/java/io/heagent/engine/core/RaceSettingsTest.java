package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The limits of what is allowed. */
class RaceSettingsTest {
  private static final long MS = 1_000_000L;

  @Test
  void aGapOfNothingAndADelayAsShortAsTheGapAreAllowed() {
    assertEquals(0, new RaceSettings(250 * MS, 6, 0).minimumGapNanos());
    assertEquals(10 * MS, new RaceSettings(10 * MS, 1, 10 * MS).delayNanos());
  }

  @Test
  void lessIsNot() {
    assertThrows(IllegalArgumentException.class, () -> new RaceSettings(250 * MS, 6, -1));
    assertThrows(IllegalArgumentException.class, () -> new RaceSettings(10 * MS - 1, 6, 10 * MS));
    assertThrows(IllegalArgumentException.class, () -> new RaceSettings(10 * MS, 0, 10 * MS));
  }

  /** A delay of zero does not mean a delay without end. */
  @Test
  void withoutADelayTheNextAttemptIsDueAtOnce() {
    RaceCore core = new RaceCore(new RaceSettings(0, 6, 0), 5, RaceCore.NEVER);
    assertEquals(Action.Kind.WANT_CANDIDATE, core.poll().kind());
    core.offer(5);
    assertEquals(5, core.wakeAt());
    core.tick(5);
    assertEquals(Action.Kind.WANT_CANDIDATE, core.poll().kind());
  }
}
