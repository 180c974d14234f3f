package io.heagent.agent.config.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Given;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code host=}, in the manner of ssh_config. */
class HostBlockTest {

  private static long millis(Settings settings, String host) {
    return settings.ruleFor(host, 80).delayNanos() / 1_000_000L;
  }

  @Test
  void onlyTheHostsThatAreNamedAreRaced() {
    Settings settings = Given.arguments("host=a.example,host=*.b.example:443").settings();
    assertNotNull(settings.ruleFor("a.example", 1));
    assertNotNull(settings.ruleFor("x.b.example", 443));
    assertNull(settings.ruleFor("x.b.example", 80));
    assertNull(settings.ruleFor("c.example", 1));
  }

  @Test
  void settingsBeforeTheFirstHostAreGlobalThoseAfterItAreItsOwn() {
    Settings settings =
        Given.arguments("delay=300ms,host=a.example,delay=400ms,host=b.example,max-in-flight=2")
            .settings();
    assertEquals(400, millis(settings, "a.example"));
    assertEquals(6, settings.ruleFor("a.example", 80).maxInFlight());
    assertEquals(300, millis(settings, "b.example"));
    assertEquals(2, settings.ruleFor("b.example", 80).maxInFlight());
    assertEquals(
        new RaceRule(300_000_000L, 1, 6, true, true, false, true, RaceRule.Scope.AUTO),
        settings.global());
  }

  @Test
  void theFirstHostThatMatchesCounts() {
    Settings settings =
        Given.arguments(
                "host=a.example,delay=400ms,host=*.example,delay=500ms,host=a.example,delay=600ms")
            .settings();
    assertEquals(400, millis(settings, "a.example"));
    assertEquals(500, millis(settings, "b.example"));
  }

  @Test
  void aHostCanBeLeftAloneAmongOthers() {
    Settings settings = Given.arguments("host=a.example,mode=off,host=*.example").settings();
    assertNull(settings.ruleFor("a.example", 80));
    assertNotNull(settings.ruleFor("b.example", 80));
  }

  @Test
  void aHostCanBeRacedWhereNoneElseIs() {
    Settings settings = Given.arguments("mode=off,host=a.example,mode=race,host=*").settings();
    assertNotNull(settings.ruleFor("a.example", 80));
    assertNull(settings.ruleFor("b.example", 80));
  }

  @Test
  void theFirstOfTwoValuesInABlockWins() {
    Settings settings = Given.arguments("host=a.example,delay=400ms,delay=500ms").settings();
    assertEquals(400, millis(settings, "a.example"));
  }

  /**
   * If a bad host were dropped, the settings after it would apply to the host before it, or to all
   * hosts.
   */
  @ParameterizedTest
  @ValueSource(strings = {"host=", "host=a b", "host=*foo", "host=a:99999"})
  void aBadHostMakesABlockThatMatchesNothing(String bad) {
    SettingsReader.Result read = Given.arguments("host=a.example," + bad + ",delay=400ms,mode=off");
    assertEquals(250, millis(read.settings(), "a.example"));
    assertNull(read.settings().ruleFor("foo", 1));
    assertNull(read.settings().ruleFor("", 1));
    String warning = Given.only(read.warnings());
    assertTrue(warning.startsWith(bad + " (agent arguments) is not allowed: "), warning);
    assertTrue(warning.contains(HostPattern.ALLOWED), warning);
    assertTrue(warning.endsWith("it and the settings after it match no host"), warning);
  }

  /** Nobody can know which host was meant, but it was not every host. */
  @Test
  void aBadHostAloneRacesNothing() {
    SettingsReader.Result read = Given.arguments("host=,delay=400ms");
    assertNull(read.settings().ruleFor("a.example", 1));
    assertEquals(RaceRule.DEFAULT, read.settings().global());
  }

  /** By property and environment a list, and no settings of their own. */
  @Test
  void severalHostsByPropertyAreSeparatedByCommas() {
    SettingsReader.Result read =
        new Given()
            .property("heagent.host", "a.example , *.b.example:443")
            .property("heagent.delay", "400ms")
            .read(null);
    assertTrue(read.warnings().isEmpty());
    assertEquals(400, millis(read.settings(), "a.example"));
    assertNotNull(read.settings().ruleFor("x.b.example", 443));
    assertNull(read.settings().ruleFor("c.example", 80));
  }
}
