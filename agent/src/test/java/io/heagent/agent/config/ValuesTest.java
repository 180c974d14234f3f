package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import java.util.EnumMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which text each setting takes. */
class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "10ms, 10000000",
    "250ms, 250000000",
    "0250ms, 250000000",
    "1s, 1000000000",
    "2s, 2000000000",
    "2000ms, 2000000000",
    "off, 9223372036854775807"
  })
  void delayIsAllowed(String text, long nanos) {
    assertEquals(nanos, Values.delay(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0ms",
        "0s",
        "5ms",
        "9ms",
        "2001ms",
        "3s",
        "abc",
        "250",
        "ms",
        "s",
        "-250ms",
        "+250ms",
        "2.5s",
        "250 ms",
        "250MS",
        "OFF",
        "1e2ms",
        "9999999ms",
        "99999999999999999999s",
        "٢٥٠ms",
        "250us",
        "250ns",
        "1m",
        "250msms"
      })
  void delayIsNotAllowed(String text) {
    assertNull(Values.delay(text));
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST_FAMILY_COUNT, 0",
    "FIRST_FAMILY_COUNT, 8",
    "MAX_IN_FLIGHT, 1",
    "MAX_IN_FLIGHT, 64",
    "ORDER, jdk",
    "ORDER, rfc6724",
    "HISTORY, on",
    "HISTORY, off",
    "RESOLVE, jdk",
    "RESOLVE, fast",
    "MESSAGES, full",
    "MESSAGES, jdk",
    "NAT64, auto",
    "NAT64, off",
    "MODE, race",
    "MODE, off",
    "UNRESOLVED, race",
    "UNRESOLVED, off",
    "LOG, off",
    "LOG, warn",
    "LOG, info",
    "LOG, debug",
    "ADOPTION, auto",
    "ADOPTION, dup",
    "ADOPTION, redial",
    "HOST, db.example.com:5432",
    "EXCEPT, *.internal",
    "CONFIG, he.conf"
  })
  void isAllowed(Setting setting, String value) {
    assertTrue(Values.isAllowed(setting, value));
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST_FAMILY_COUNT, -1",
    "FIRST_FAMILY_COUNT, 9",
    "FIRST_FAMILY_COUNT, 1.0",
    "MAX_IN_FLIGHT, 0",
    "MAX_IN_FLIGHT, 65",
    "MAX_IN_FLIGHT, 4294967297",
    "MAX_IN_FLIGHT, six",
    "ORDER, rfc3484",
    "ORDER, JDK",
    "HISTORY, 1",
    "RESOLVE, slow",
    "MESSAGES, off",
    "NAT64, on",
    "MODE, on",
    "MODE, Race",
    "UNRESOLVED, on",
    "LOG, trace",
    "LOG, WARN",
    "ADOPTION, dup2",
    "HOST, a b",
    "EXCEPT, *foo"
  })
  void isNotAllowed(Setting setting, String value) {
    assertFalse(Values.isAllowed(setting, value));
  }

  /** An empty log file is stderr. */
  @ParameterizedTest
  @EnumSource
  void emptyIsAllowedForTheLogFileOnly(Setting setting) {
    assertEquals(setting == Setting.LOG_FILE, Values.isAllowed(setting, ""));
  }

  @ParameterizedTest
  @EnumSource
  void everyDefaultIsAllowed(Setting setting) {
    String value = setting.defaultValue();
    assertTrue(value.isEmpty() || Values.isAllowed(setting, value));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "DELAY",
        "FIRST_FAMILY_COUNT",
        "ORDER",
        "HISTORY",
        "MAX_IN_FLIGHT",
        "MODE",
        "UNRESOLVED"
      },
      mode = EnumSource.Mode.INCLUDE)
  void defaultsOfTheSettingsAreThoseOfTheRule(Setting setting) {
    EnumMap<Setting, String> values = new EnumMap<>(Setting.class);
    values.put(setting, setting.defaultValue());
    assertEquals(RaceRule.DEFAULT, Values.rule(values));
  }
}
