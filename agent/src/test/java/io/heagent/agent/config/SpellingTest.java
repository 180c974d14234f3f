package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For each unknown name there is one line with the nearest known name, wherever it was given. */
class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "dely, DELAY",
    "dealy, DELAY",
    "delays, DELAY",
    "max_in_flight, MAX_IN_FLIGHT",
    "max-inflight, MAX_IN_FLIGHT",
    "adaption, ADOPTION",
    "histroy, HISTORY",
    "unresolve, UNRESOLVED",
    "hosts, HOST",
    "exept, EXCEPT",
    "excepts, EXCEPT",
    "exclude, EXCEPT",
    "excludes, EXCEPT",
    "enable, ENABLED",
    "heagent.nat46, NAT64",
    "HE_AGENT_LOG, LOG"
  })
  void nearest(String name, Setting setting) {
    assertEquals(setting, Spelling.nearest(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "frobnicate", "timeout", "ab", "proxy", "nightly", "seed"})
  void noneIsNear(String name) {
    assertNull(Spelling.nearest(name));
  }

  @Test
  void distanceCountsSlips() {
    assertEquals(0, Spelling.distance("delay", "delay"));
    assertEquals(1, Spelling.distance("dealy", "delay"));
    assertEquals(1, Spelling.distance("dely", "delay"));
    assertEquals(1, Spelling.distance("dellay", "delay"));
    assertEquals(1, Spelling.distance("detay", "delay"));
    assertEquals(5, Spelling.distance("", "delay"));
  }

  /** A variable may hold a secret of somebody else's: its value is not shown. */
  @Test
  void ofTheEnvironment() {
    Given given = new Given().variable("HEAGENT_DELY", "100ms").variable("HEAGENTS", "1");
    SettingsReader.Result read = given.read(null);
    assertEquals(RaceRule.DEFAULT, read.settings().global());
    assertEquals(
        "HEAGENT_DELY (environment) is not known; it is ignored (did you mean HEAGENT_DELAY?)",
        Given.only(read.warnings()));
  }

  @Test
  void ofTheProperties() {
    Given given = new Given().property("heagent.dealy", "100ms").property("heagents.delay", "1s");
    SettingsReader.Result read = given.read(null);
    assertEquals(RaceRule.DEFAULT, read.settings().global());
    assertEquals(
        "heagent.dealy (system property) is not known; it is ignored"
            + " (did you mean heagent.delay?)",
        Given.only(read.warnings()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"he-agent.delay", "heagent.Delay", "HEAGENT.delay"})
  void namesOfPropertiesAreTakenByTheLetter(String name) {
    assertEquals(
        name + " (system property) is not known; it is ignored (did you mean heagent.delay?)",
        Given.only(new Given().property(name, "100ms").read(null).warnings()));
  }

  @Test
  void nothingNear() {
    assertEquals(
        "HEAGENT_FROBNICATE (environment) is not known; it is ignored",
        Given.only(new Given().variable("HEAGENT_FROBNICATE", "1").read(null).warnings()));
  }

  /** If these were ignored, hosts would be raced that were to be left alone. */
  @ParameterizedTest
  @ValueSource(strings = {"exept=*.corp", "exclude=*.corp", "Excepts = *.corp", "hots=*.example"})
  void whatProtectsIsTakenForWhatItResembles(String item) {
    SettingsReader.Result read = Given.arguments(item);
    assertNull(read.settings().ruleFor("db.corp", 1));
    assertNotNull(read.settings().ruleFor("db.example", 1));
    String warning = Given.only(read.warnings());
    assertTrue(warning.contains("; it is taken for "), warning);
  }

  @Test
  void whatProtectsInTheEnvironment() {
    SettingsReader.Result read = new Given().variable("HEAGENT_EXCLUDE", "*.corp, a").read(null);
    assertNull(read.settings().ruleFor("db.corp", 1));
    assertNull(read.settings().ruleFor("a", 1));
    assertEquals(
        List.of(
            "HEAGENT_EXCLUDE (environment) is not known; it is taken for HEAGENT_EXCEPT,"
                + " so that no more is raced"),
        read.warnings());
  }

  @Test
  void theKillSwitchMisspelt() {
    assertFalse(new Given().property("heagent.enable", "no").read("").settings().enabled());
    assertFalse(new Given().variable("HEAGENT_ENABELD", "0").read("").settings().enabled());
  }
}
