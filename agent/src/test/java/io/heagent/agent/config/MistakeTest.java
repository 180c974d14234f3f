package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.config.rule.RaceRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake: one line with setting, value, what is allowed, and what happens now. */
class MistakeTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "5ms", "3s", "abc", "-1", ""})
  void badDelay(String value) {
    SettingsReader.Result read = Given.arguments("delay=" + value);
    assertEquals(RaceRule.DEFAULT, read.settings().global());
    assertEquals(
        "delay="
            + value
            + " (agent arguments) is not allowed: 10ms to 2s, or off; delay=250ms applies",
        Given.only(read.warnings()));
  }

  @ParameterizedTest
  @CsvSource({
    "first-family-count, 9, 0 to 8, 1",
    "order, rfc, jdk or rfc6724, jdk",
    "history, maybe, on or off, on",
    "resolve, slow, jdk or fast, jdk",
    "nat64, prefix, auto or off, auto",
    "native, epoll, 'race, jdk or off', race",
    "max-in-flight, 0, 1 to 64, 6",
    "unresolved, fail, race or off, race",
    "log, loud, 'off, warn, info or debug', warn",
    "messages, short, full or jdk, full",
    "adoption, steal, 'auto, dup or redial', auto"
  })
  void badValue(String name, String value, String allowed, String now) {
    SettingsReader.Result read = Given.arguments(name + "=" + value);
    assertEquals(Given.arguments(null).settings(), read.settings());
    assertEquals(
        name
            + "="
            + value
            + " (agent arguments) is not allowed: "
            + allowed
            + "; "
            + name
            + "="
            + now
            + " applies",
        Given.only(read.warnings()));
  }

  @Test
  void whatAppliesIsWhatWasSaidCorrectlyElsewhere() {
    String warning = Given.only(Given.arguments("delay=5ms,delay=400ms").warnings());
    assertTrue(warning.endsWith("; delay=400ms applies"), warning);
  }

  @ParameterizedTest
  @CsvSource({
    "delya=100ms, ' (did you mean delay?)'",
    "max_in_flights=2, ' (did you mean max-in-flight?)'",
    "heagent.delay=1s, ' (did you mean delay?)'",
    "HEAGENT_LOG=debug, ' (did you mean log?)'",
    "frobnicate=1, ''",
    "=1, ''"
  })
  void unknownSetting(String item, String hint) {
    SettingsReader.Result read = Given.arguments(item);
    assertEquals(RaceRule.DEFAULT, read.settings().global());
    String key = item.substring(0, item.indexOf('='));
    String warning = Given.only(read.warnings());
    assertTrue(
        warning.startsWith(
            item + " (agent arguments) is not allowed: there is no setting \"" + key + "\", only "),
        warning);
    for (Setting setting : Setting.values()) {
      assertTrue(warning.contains(setting.text()), setting.text());
    }
    assertTrue(warning.endsWith("; it is ignored" + hint), warning);
  }

  @Test
  void notOfTheForm() {
    assertEquals(
        "fast (agent arguments) is not of the form name=value; it is ignored",
        Given.only(Given.arguments("fast").warnings()));
  }

  @Test
  void emptyExceptionIsIgnored() {
    SettingsReader.Result read = Given.arguments("except=");
    assertEquals(List.of(), read.settings().exceptions());
    assertEquals(
        "except= (agent arguments) is not allowed: " + HostPattern.ALLOWED + "; it is ignored",
        Given.only(read.warnings()));
  }

  /**
   * Nobody can know which hosts the setting was to leave alone, so it is only safe to race none.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "*foo", "a:b:c", "host:99999", "10.0.0.0/8", "a\\.b", ".*[.]corp"})
  void badExceptionLeavesEveryHostAlone(String pattern) {
    SettingsReader.Result read = Given.arguments("except=b.example;" + pattern + ",host=a.example");
    assertNull(read.settings().ruleFor("a.example", 1));
    assertNull(read.settings().ruleFor("b.example", 1));
    assertEquals(
        "except="
            + pattern
            + " (agent arguments) is not allowed: "
            + HostPattern.ALLOWED
            + "; what it was to leave alone is unknown, so no host is raced",
        Given.only(read.warnings()));
  }

  @Test
  void emptyConfigIsIgnored() {
    assertEquals(
        "config= (agent arguments) is not allowed: a file of at most 64 KiB; it is ignored",
        Given.only(Given.arguments("config=").warnings()));
  }

  @Test
  void theWarningTellsThePlace() {
    Given given = new Given().property("heagent.mode", "x").variable("HEAGENT_MODE", "w");
    List<String> warnings = given.read("mode=z").warnings();
    assertEquals(3, warnings.size());
    assertTrue(warnings.get(0).startsWith("mode=x (system property) "), warnings.get(0));
    assertTrue(warnings.get(1).startsWith("mode=w (environment) "), warnings.get(1));
    assertTrue(warnings.get(2).startsWith("mode=z (agent arguments) "), warnings.get(2));
  }

  @Test
  void tenMistakesAreAllTold() {
    List<String> warnings = Given.arguments(numbered(10)).warnings();
    assertEquals(10, warnings.size());
    assertTrue(warnings.get(9).startsWith("x9=1 "), warnings.get(9));
  }

  @Test
  void ofMoreThanTenTheRestIsCounted() {
    List<String> warnings = Given.arguments(numbered(25)).warnings();
    assertEquals(11, warnings.size());
    assertTrue(warnings.get(9).startsWith("x9=1 "), warnings.get(9));
    assertTrue(warnings.get(10).startsWith("and 15 more "), warnings.get(10));
  }

  /** Right settings among many mistakes apply, also after the tenth mistake. */
  @Test
  void whatIsRightHolds() {
    SettingsReader.Result read = Given.arguments(numbered(25) + ",delay=400ms");
    assertEquals(400_000_000L, read.settings().global().delayNanos());
  }

  private static String numbered(int count) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add("x" + i + "=1");
    }
    return String.join(",", items);
  }
}
