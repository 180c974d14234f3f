package io.heagent.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MillisTest {

  /** A wait that ended too early would have to be repeated. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, 0",
    "-5000000, 0",
    "1, 1",
    "999999, 1",
    "1000000, 1",
    "1000001, 2",
    "2147483647000000, 2147483647",
    "2147483647000001, 2147483647",
    "9223372036854775807, 2147483647",
    "-9223372036854775808, 0"
  })
  void nanosecondsAreRoundedUp(long nanos, int millis) {
    assertEquals(millis, Millis.roundedUp(nanos));
  }
}
