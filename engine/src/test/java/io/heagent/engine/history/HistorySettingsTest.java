package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which numbers a history can go by. Times are in milliseconds, but for the longest ones. */
class HistorySettingsTest {

  private static final long LONGEST = Long.MAX_VALUE / 4;

  /** The place of each setting in what {@link #of} takes. */
  private static HistorySettings of(long... n) {
    return new HistorySettings(n[0], n[1], n[2], n[3], n[4], (int) n[5], n[6], (int) n[7]);
  }

  private static long[] defaults() {
    return new long[] {
      250 * Past.MS,
      100 * Past.MS,
      2_000 * Past.MS,
      600_000 * Past.MS,
      60_000 * Past.MS,
      64,
      10_000 * Past.MS,
      4_096
    };
  }

  /** The outermost values that are allowed, and the next ones. */
  @ParameterizedTest
  @CsvSource({
    "1, 10000000, 9999999, minDelayNanos",
    "1, 250000000, 250000001, baseDelayNanos",
    "0, 2000000000, 2000000001, maxDelayNanos",
    "2, " + LONGEST + ", " + (LONGEST + 1) + ", maxDelayNanos",
    "3, " + LONGEST + ", " + (LONGEST + 1) + ", expiryNanos",
    "4, 1, 0, suspicionNanos",
    "4, 300000000000, 300000000001, expiryNanos",
    "5, 0, -1, convergeOneIn",
    "6, 0, -1, convergeRestNanos",
    "7, 8, 7, maxNames"
  })
  void boundIsAllowedAndNothingBeyond(int place, long bound, long beyond, String blamed) {
    long[] numbers = defaults();
    numbers[place] = bound;
    assertDoesNotThrow(() -> of(numbers));
    numbers[place] = beyond;
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> of(numbers));
    assertEquals(blamed, refusal.getMessage().split(" ", -1)[0]);
  }
}
