package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.config.rule.RaceRule;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However somebody writes which hosts to leave alone: these hosts, or more, are not raced. */
class MisreadingTest {

  private static SettingsReader.Result read(String arguments) {
    return new SettingsReader(new Properties(), Map.of()).read(arguments);
  }

  /** Programs and the DNS have such names as {@code xn--...}. */
  @ParameterizedTest
  @CsvSource({
    "except=*.münchen.de, db.xn--mnchen-3ya.de",
    "except=.MÜNCHEN.de, db.xn--mnchen-3ya.de",
    "except=münchen.de, xn--mnchen-3ya.de",
    "except=münchen.de, münchen.de",
    "except=ﬁle.example.com, file.example.com"
  })
  void exceptionInLettersOfAnyScriptIsTheNameThatProgramsHave(String arguments, String host) {
    assertNull(read(arguments).settings().ruleFor(host, 443));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=*.corp,mode=none",
        "mode=never",
        "disabled=true",
        "disable=1",
        "!host=*.corp",
        "host!=*.corp",
        "not-host=*.corp",
        "except-hosts=*.corp",
        "exclude-hosts=*.corp",
        "host=*,!*.corp",
        "host=*;!*.corp",
        "delay=100ms;except:*.corp",
        "delay=100ms;exept=*.corp",
        "delay=100ms except:*.corp",
        "log=debug;enable=no",
        "log=info;off",
        "log=info off"
      })
  void whatIsToBeLeftAloneIs(String arguments) {
    SettingsReader.Result result = read(arguments);
    Settings settings = result.settings();
    if (settings.enabled()) {
      assertNull(settings.ruleFor("a.corp", 443));
    }
    assertFalse(result.warnings().isEmpty());
  }

  @Test
  void scopeThatCannotBeReadIsTheStrictOne() {
    SettingsReader.Result result = read("scope=stric");
    assertEquals(RaceRule.Scope.STRICT, result.settings().ruleFor("a", 1).scope());
    assertEquals(
        "scope=stric (agent arguments) is not allowed: auto, any or strict; scope=strict applies",
        result.warnings().get(0));
  }

  @Test
  void modeThatCannotBeReadIsOff() {
    assertEquals(
        "mode=fast (agent arguments) is not allowed: race, observe or off; mode=off applies",
        read("mode=fast").warnings().get(0));
  }

  @Test
  void blockThatNeverAppliesIsTold() {
    assertEquals(
        "host=*.corp stands behind host=*, which applies to it: the first that matches counts",
        read("host=*,host=*.corp,mode=off").warnings().get(0));
  }
}
