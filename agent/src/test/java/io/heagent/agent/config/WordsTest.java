package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same thing as different people write it, and what they are told where it is not clear. */
class WordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"false", "FALSE", "no", "No", "off", "0", "n", "f", "disabled", " no ", "'false'"})
  void noToEverything(String no) {
    for (SettingsReader.Result read :
        List.of(
            Given.arguments("enabled=" + no),
            Given.arguments("enabled=true,enabled=" + no),
            new Given().property("heagent.enabled", no).variable("HEAGENT_ENABLED", "1").read(""),
            new Given()
                .property("heagent.enabled", "1")
                .variable("HEAGENT_ENABLED", no)
                .read(""))) {
      assertEquals(List.of(), read.warnings());
      assertFalse(read.settings().enabled());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "yes", "on", "1", "y", "t", "Enabled", ""})
  void yes(String yes) {
    SettingsReader.Result read = new Given().property("heagent.enabled", yes).read("");
    assertEquals(List.of(), read.warnings());
    assertTrue(read.settings().enabled());
  }

  @Test
  void neitherYesNorNo() {
    SettingsReader.Result read = new Given().variable("HEAGENT_ENABLED", "flase").read("");
    assertFalse(read.settings().enabled());
    assertEquals(
        "enabled=flase (environment) is not allowed: true or false; enabled=false applies",
        Given.only(read.warnings()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "false", "no", "Disabled"})
  void theWholeArgumentIsNo(String no) {
    SettingsReader.Result read = Given.arguments(no);
    assertFalse(read.settings().enabled());
    assertEquals(
        no + " (agent arguments) is not of the form name=value; it is taken for enabled=false",
        Given.only(read.warnings()));
  }

  /** Unquoted, YAML makes true and false of on and off. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "false", "FALSE", "no", "0"})
  void whereOffIsAllowedEachNoMeansIt(String no) {
    SettingsReader.Result read =
        Given.arguments("history=%s,mode=%s,unresolved=%s,nat64=%s,log=%s".replace("%s", no));
    assertEquals(List.of(), read.warnings());
    Settings settings = read.settings();
    assertEquals(
        new RaceRule(250_000_000L, 1, 6, false, false, false, false, RaceRule.Scope.AUTO),
        settings.global());
    assertFalse(settings.nat64());
    assertEquals(Log.Level.OFF, settings.log());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "yes", "ON", "1"})
  void eachYesMeansTheOther(String yes) {
    SettingsReader.Result read =
        Given.arguments("history=%s,mode=%s,unresolved=%s,nat64=%s".replace("%s", yes));
    assertEquals(Given.arguments(""), read);
  }

  @ParameterizedTest
  @CsvSource({
    "delay=OFF, 9223372036854775807",
    "delay=false, 9223372036854775807",
    "delay=300MS, 300000000",
    "delay=300 ms, 300000000",
    "delay= 1S, 1000000000",
    "DELAY=300ms, 300000000",
    "Delay: 300ms, 300000000",
    "\"delay=300ms\", 300000000",
    "delay=\"300ms\", 300000000",
    "delay=“300ms”, 300000000",
    "'delay=300ms ', 250000000"
  })
  void delays(String item, long nanos) {
    SettingsReader.Result read = Given.arguments(item);
    assertEquals(nanos, read.settings().global().delayNanos());
    assertEquals(nanos == 250_000_000L ? 1 : 0, read.warnings().size());
  }

  @Test
  void capitalLettersInWords() {
    SettingsReader.Result read =
        Given.arguments("LOG=DEBUG,Order=RFC6724,adoption=Redial,resolve=FAST");
    assertEquals(List.of(), read.warnings());
    assertEquals(Log.Level.DEBUG, read.settings().log());
    assertEquals(Settings.Adoption.REDIAL, read.settings().adoption());
    assertTrue(read.settings().fastResolve());
    assertTrue(read.settings().global().rfc6724());
  }

  @ParameterizedTest
  @CsvSource({"100, 100ms", "250, 250ms", "2, 2s", "1, 1s"})
  void theUnitIsMissing(String value, String meant) {
    assertEquals(
        "delay="
            + value
            + " (agent arguments) is not allowed: 10ms to 2s, or off (the unit is missing: "
            + meant
            + "?); delay=250ms applies",
        Given.only(Given.arguments("delay=" + value).warnings()));
  }

  @Test
  void theCommaIsMissing() {
    SettingsReader.Result read = Given.arguments("delay=400ms;log=info");
    assertEquals(400_000_000L, read.settings().global().delayNanos());
    assertEquals(Log.Level.INFO, read.settings().log());
    assertEquals(
        "delay=400ms;log=info (agent arguments) holds several settings: they are divided by"
            + " commas; they are taken one by one",
        Given.only(read.warnings()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "usage", "--help", "-h", "HELP", "?"})
  void helpIsElsewhere(String word) {
    SettingsReader.Result read = Given.arguments(word);
    assertEquals(Given.arguments("").settings(), read.settings());
    assertEquals(
        word
            + " (agent arguments) is no setting; it is ignored;"
            + " \"java -jar he-agent.jar\" prints all settings",
        Given.only(read.warnings()));
  }

  @Test
  void twiceInOnePlaceTheFirstApplies() {
    SettingsReader.Result read =
        Given.arguments("delay=300ms,delay=400ms,log=info,log=info,host=a,delay=500ms,delay=1s");
    assertEquals(300_000_000L, read.settings().global().delayNanos());
    assertEquals(500_000_000L, read.settings().ruleFor("a", 1).delayNanos());
    assertEquals(
        List.of(
            "delay=400ms (agent arguments) is said a second time; delay=300ms applies",
            "delay=1s (agent arguments) is said a second time; delay=500ms applies"),
        read.warnings());
  }

  /** {@code NAME: ${VALUE:-}} in a Compose file. */
  @Test
  void anEmptyVariableIsNone() {
    Given given = new Given();
    for (Setting setting : Setting.values()) {
      given.variable(setting.environment(), " ");
    }
    assertEquals(Given.arguments(""), given.read(""));
  }
}
