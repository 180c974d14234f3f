package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaceOptionsTest {
  private final RaceOptions defaults = RaceOptions.defaults();

  @Test
  void defaultsAreThoseOfTheRfc() {
    assertEquals(new RaceSettings(250_000_000, 6, 10_000_000), defaults.settings());
    assertEquals(RaceCore.NEVER, defaults.timeoutNanos());
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0 ms", "PT0.009S, 9 ms", "PT-1S, -1000 ms", "PT2.001S, 2001 ms"})
  void s5DelayOutsideItsBoundsIsRefused(Duration delay, String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> defaults.delay(delay));
    assertEquals(
        "delay " + text + ": allowed are 10 ms to 2 s (for none, use sequential())",
        refusal.getMessage());
  }

  @Test
  void boundsThemselvesAreAllowed() {
    assertDoesNotThrow(() -> defaults.delay(Duration.ofMillis(10)).delay(Duration.ofSeconds(2)));
    assertThrows(IllegalArgumentException.class, () -> defaults.delay(Duration.ofNanos(9_999_999)));
  }

  @Test
  void otherValuesThatCannotWork() {
    assertThrows(IllegalArgumentException.class, () -> defaults.maxInFlight(0));
    assertThrows(IllegalArgumentException.class, () -> defaults.timeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> defaults.timeout(Duration.ofSeconds(-1)));
  }

  @Test
  void settingsAreIndependentOfEachOther() {
    RaceOptions all =
        defaults.timeout(Duration.ofSeconds(3)).maxInFlight(2).sequential().maxInFlight(4);
    assertEquals(new RaceSettings(RaceCore.NEVER, 4, 10_000_000), all.settings());
    assertEquals(3_000_000_000L, all.timeoutNanos());
  }

  @Test
  void onlyASequentialRaceHasNoDelay() {
    assertTrue(defaults.hasDelay());
    assertTrue(defaults.delay(Duration.ofSeconds(2)).hasDelay());
    assertFalse(defaults.sequential().hasDelay());
  }

  @Test
  void endlessTimeoutIsNone() {
    assertEquals(RaceCore.NEVER, defaults.timeout(Duration.ofDays(1L << 40)).timeoutNanos());
  }
}
