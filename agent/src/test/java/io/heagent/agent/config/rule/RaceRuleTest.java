package io.heagent.agent.config.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.config.Given;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule as settings, which {@code status} prints of each {@code host=}. */
class RaceRuleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode=race",
        "mode=observe",
        "mode=off",
        "delay=off",
        "delay=1000ms,order=rfc6724,history=off,unresolved=off,scope=strict",
        "first-family-count=0,max-in-flight=2,scope=any"
      })
  void theTextIsWhatWasSet(String arguments) {
    RaceRule rule = Given.arguments(arguments).settings().global();
    assertEquals(rule, Given.arguments(rule.text()).settings().global());
    for (String setting : arguments.split(",", -1)) {
      assertEquals(1, rule.text().split(setting, -1).length - 1, rule::text);
    }
  }
}
