package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one grammar of arguments and file. */
class GrammarTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", ",", " , ,, "})
  void nothingGivenMeansTheDefaults(String arguments) {
    SettingsReader.Result read = Given.arguments(arguments);
    assertEquals(List.of(), read.warnings());
    assertEquals(
        new Settings(
            RaceRule.DEFAULT,
            List.of(),
            List.of(),
            Log.Level.WARN,
            "",
            Settings.Adoption.AUTO,
            false,
            true,
            true,
            Settings.Native.RACE,
            true),
        read.settings());
    assertEquals(RaceRule.DEFAULT, read.settings().ruleFor("any.example", 80));
  }

  @Test
  void everySettingIsTaken() {
    SettingsReader.Result read =
        Given.arguments(
            "delay=300ms,first-family-count=2,order=jdk,max-in-flight=3,mode=race,unresolved=off,"
                + "log=debug,adoption=redial,host=a.example,except=b.example");
    assertEquals(List.of(), read.warnings());
    RaceRule rule = new RaceRule(300_000_000L, 2, 3, true, false, false, true, RaceRule.Scope.AUTO);
    assertEquals(rule, read.settings().global());
    assertEquals(rule, read.settings().ruleFor("a.example", 1));
    assertEquals(Log.Level.DEBUG, read.settings().log());
    assertEquals(Settings.Adoption.REDIAL, read.settings().adoption());
    assertNull(read.settings().ruleFor("b.example", 1));
  }

  @Test
  void whiteSpaceAroundNamesAndValuesIsDropped() {
    SettingsReader.Result read = Given.arguments(" delay = 300ms ,\thost = a.example ");
    assertEquals(List.of(), read.warnings());
    assertEquals(300_000_000L, read.settings().ruleFor("a.example", 1).delayNanos());
  }

  @Test
  void firstMatchWins() {
    RaceRule rule = Given.arguments("delay=300ms,delay=400ms").settings().global();
    assertEquals(300_000_000L, rule.delayNanos());
  }

  @Test
  void settingsThatAreNotOfAHostAreGlobalWhereverTheyStand() {
    Settings settings = Given.arguments("host=a.example,log=info,adoption=dup").settings();
    assertEquals(Log.Level.INFO, settings.log());
    assertEquals(Settings.Adoption.DUP, settings.adoption());
  }

  @Test
  void modeOffLeavesEverythingAlone() {
    assertNull(Given.arguments("mode=off").settings().ruleFor("a.example", 1));
  }

  @Test
  void exceptWinsOverEverything() {
    Settings settings =
        Given.arguments("except=*.internal:443,host=*,delay=300ms,except=x.example").settings();
    assertNull(settings.ruleFor("db.internal", 443));
    assertNull(settings.ruleFor("x.example", 1));
    assertNotNull(settings.ruleFor("db.internal", 80));
    assertNotNull(settings.ruleFor("y.example", 1));
  }

  @Test
  void exceptWinsOverAnExactHostToo() {
    Settings settings = Given.arguments("host=db.internal,except=*.internal").settings();
    assertNull(settings.ruleFor("db.internal", 80));
  }

  @Test
  void exceptAloneLeavesEveryOtherHostRaced() {
    Settings settings = Given.arguments("except=a.example").settings();
    assertNull(settings.ruleFor("a.example", 1));
    assertEquals(RaceRule.DEFAULT, settings.ruleFor("b.example", 1));
  }
}
