package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.NotRaced;
import io.heagent.agent.check.result.NotRaced.Reason;
import io.heagent.agent.check.result.Target;
import io.heagent.agent.check.result.TargetReport.Conditions;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.config.rule.RaceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a target is raced, and whether the agent would. */
class CheckRulesTest {
  private static final long MILLI = 1_000_000L;

  private static CheckRules rules(String settings, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("www.test");
    return new CheckRules(
        CheckOptions.parse(arguments),
        new SettingsReader(new Properties(), Map.of()).read(settings).settings());
  }

  private static NotRaced notRaced(String settings, CheckedRace race) {
    return rules(settings).notRaced(Races.WWW, race);
  }

  @Test
  void settingsOfTheHostApply() {
    String settings = "delay=500ms,host=*.test,delay=150ms,scope=strict,order=rfc6724";
    RaceRule rule = rules(settings).rule(Races.WWW);
    assertEquals(150 * MILLI, rule.delayNanos());
    assertEquals(
        new Conditions(150 * MILLI, "rfc6724", "strict", "any", "jdk", 5_000 * MILLI),
        rules(settings).conditions(rule));
  }

  @Test
  void familiesAreLookedUpApartIfASettingOrTheOptionSaysSo() {
    assertFalse(rules("").isFast());
    assertTrue(rules("resolve=fast").isFast());
    assertTrue(rules("", "--resolve=fast").isFast());
    assertFalse(rules("resolve=fast", "--resolve=jdk").isFast());
  }

  @Test
  void optionsWin() {
    CheckRules rules =
        rules("host=*.test,delay=150ms", "--delay=off", "--order=rfc6724", "--family=4");
    assertEquals(
        new Conditions(Long.MAX_VALUE, "rfc6724", "auto", "4", "jdk", 5_000 * MILLI),
        rules.conditions(rules.rule(Races.WWW)));
  }

  @Test
  void whatIsLeftAloneIsCheckedByTheSettingsForAll() {
    assertEquals(100 * MILLI, rules("delay=100ms,except=www.test").rule(Races.WWW).delayNanos());
  }

  @Test
  void theReasonsForLeavingItAlone() {
    assertNull(notRaced("", Races.deadFirst()));
    assertEquals(Reason.RULE, notRaced("except=www.test", Races.deadFirst()).reason());
    assertEquals(Reason.RULE, notRaced("mode=off", Races.deadFirst()).reason());
    assertEquals(Reason.RULE, notRaced("host=db.test", Races.deadFirst()).reason());
    assertEquals(
        new NotRaced(Reason.RULE, "enabled=false"), notRaced("enabled=false", Races.deadFirst()));
    assertEquals("observe", text(notRaced("mode=observe", Races.deadFirst())));
    assertEquals("observe", text(notRaced("host=*.test,mode=observe", Races.deadFirst())));
    assertNull(notRaced("mode=observe,host=*.test,mode=race", Races.deadFirst()));
    assertEquals(Reason.SINGLE, notRaced("", Races.good()).reason());
    Target literal = new Target("192.0.2.1", 443);
    assertEquals(Reason.LITERAL, rules("").notRaced(literal, Races.good()).reason());
  }

  /** Where two reasons hold, the agent gives the first of them, in the order of its tests. */
  @Test
  void ofTwoReasonsTheAgentsOwn() {
    Target literal = new Target("192.0.2.1", 443);
    assertEquals("literal", text(rules("enabled=false").notRaced(literal, Races.good())));
    assertEquals("literal", text(rules("mode=observe").notRaced(literal, Races.good())));
    assertEquals("rule", text(notRaced("mode=off", Races.good())));
    assertEquals("single", text(notRaced("mode=observe", Races.good())));
  }

  @Test
  void eachWordIsOneOfTheAgents() {
    List<String> words =
        Stream.of(io.heagent.agent.observe.Reason.values())
            .map(io.heagent.agent.observe.Reason::text)
            .toList();
    for (Reason reason : Reason.values()) {
      assertTrue(words.contains(reason.text()), reason.text());
    }
  }

  private static String text(NotRaced why) {
    return why == null ? "raced" : why.reason().text();
  }

  @Test
  void aHostThatIsObservedStaysSo() {
    assertTrue(rules("mode=observe").rule(Races.WWW).observe());
    assertTrue(rules("mode=observe", "--delay=1s").rule(Races.WWW).observe());
  }
}
