package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that change while the program runs. */
class LayersTest {

  private static final String PATH = "he.conf";

  private static Layers started(String arguments) {
    return new SettingsReader(new Properties(), Map.of()).layers(arguments);
  }

  private static Layers set(Layers layers, String... items) {
    return layers.with(List.of(items));
  }

  private static SettingsFile file(String... lines) {
    return new SettingsFile(PATH, List.of(lines), null);
  }

  private static long delay(Layers layers, String host) {
    return layers.settings().ruleFor(host, 443).delayNanos() / 1_000_000L;
  }

  private static String refused(Runnable change) {
    String message = assertThrows(IllegalArgumentException.class, change::run).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  @Test
  void nothingSetIsTheDefaults() {
    assertEquals(Settings.defaults(), Layers.none().settings());
    assertEquals(Settings.defaults(), started(null).settings());
  }

  @Test
  void aChangeWinsOverEveryPlaceAndLeavesTheRest() {
    Layers started = started("delay=300ms,scope=strict,log=info");
    Layers changed = set(started, "delay=400ms");
    assertEquals(400, delay(changed, "x"));
    assertEquals(RaceRule.Scope.STRICT, changed.settings().global().scope());
    assertEquals(Log.Level.INFO, changed.settings().log());
    assertEquals(300, delay(started, "x"), "what a connect under way has is immutable");
  }

  @Test
  void aLaterChangeAddsToAnEarlierOne() {
    Layers changed = set(set(Layers.none(), "delay=400ms", "history=off"), "delay=500ms");
    assertEquals(500, delay(changed, "x"));
    assertFalse(changed.settings().global().history());
  }

  @Test
  void hostsInheritTheGlobalValueThatHasChanged() {
    Layers changed = set(started("delay=300ms,host=a.test,host=b.test,delay=600ms"), "delay=400ms");
    assertEquals(400, delay(changed, "a.test"));
    assertEquals(600, delay(changed, "b.test"));
    assertNull(changed.settings().ruleFor("c.test", 443));
  }

  @Test
  void hostsOfAChangeTakeThePlaceOfAllOthers() {
    Layers changed = set(started("host=a.test"), "host=b.test,delay=600ms");
    assertNull(changed.settings().ruleFor("a.test", 443));
    assertEquals(600, delay(changed, "b.test"));
    Layers again = set(changed, "host=c.test");
    assertNull(again.settings().ruleFor("b.test", 443));
    assertEquals(250, delay(again, "c.test"));
    Layers every = set(again, "host=*");
    assertEquals(List.of(), every.settings().blocks());
    assertEquals(250, delay(every, "a.test"));
  }

  /** Hosts that a layer leaves alone are left alone until a later one says otherwise. */
  @Test
  void exceptionsAddUpUntilTheyAreLifted() {
    Layers changed = set(started("except=a.test"), "except=b.test");
    assertNull(changed.settings().ruleFor("a.test", 443));
    assertNull(changed.settings().ruleFor("b.test", 443));
    Layers lifted = set(changed, "except=", "except=c.test");
    assertNotNull(lifted.settings().ruleFor("a.test", 443));
    assertNotNull(lifted.settings().ruleFor("b.test", 443));
    assertNull(lifted.settings().ruleFor("c.test", 443));
    assertNull(set(lifted, "except=d.test").settings().ruleFor("c.test", 443));
  }

  /** The one way back to stderr. */
  @Test
  void anEmptyLogFileIsStderr() {
    Layers changed = set(started("log-file=a.log"), "log-file=");
    assertEquals("", changed.settings().logFile());
    assertEquals(List.of(), changed.warnings());
    assertEquals("", started("log-file=").settings().logFile());
    assertEquals(List.of(), started("log-file=").warnings());
  }

  /** Nothing would be raced, and whoever asks for a mode expects what it says. */
  @Test
  void aModeThatCouldNotHoldIsRefused() {
    Layers off = started("").withFile(file("enabled=false"));
    for (String mode : List.of("race", "observe")) {
      assertEquals(
          "mode=" + mode + " (set) does not help: enabled=false (he.conf) applies",
          refused(() -> set(off, "delay=400ms", "mode=" + mode)));
    }
    assertEquals("off", set(off, "mode=off").value(Setting.MODE));
    Layers byHand = set(started(""), "enabled=false");
    assertEquals(
        "mode=race (set) does not help: enabled=false (set) applies",
        refused(() -> set(byHand, "mode=race")));
    assertEquals("race", set(byHand, "enabled=true", "mode=race").value(Setting.MODE));
  }

  /** What status shows is what applies, and so is the place that it names. */
  @Test
  void aKillSwitchInAnotherPlaceKeepsTheAgentOffAndIsSaid() {
    Layers off = started("").withFile(file("enabled=false"));
    assertEquals("false", off.value(Setting.ENABLED));
    assertEquals(PATH, off.place(Setting.ENABLED));
    String line = refused(() -> set(off, "delay=400ms", "enabled=true"));
    assertEquals("enabled=true (set) does not help: enabled=false (he.conf) applies", line);
    Layers on = set(started(""), "enabled=true");
    assertEquals("true", on.value(Setting.ENABLED));
    assertEquals("set", on.place(Setting.ENABLED));
    Layers later = on.withFile(file("enabled=false"));
    assertEquals("false", later.value(Setting.ENABLED));
    assertEquals(PATH, later.place(Setting.ENABLED));
    // Whoever changes anything else is not stopped by it.
    assertEquals(400, set(later, "delay=400ms").settings().global().delayNanos() / 1_000_000L);
    Layers higher = set(off, "enabled=false");
    assertEquals("set", higher.place(Setting.ENABLED));
  }

  @Test
  void theKillSwitchHoldsWhileTheProgramRuns() {
    Layers off = set(Layers.none(), "enabled=false");
    assertNull(off.settings().ruleFor("a.test", 443));
    assertNotNull(set(off, "enabled=true").settings().ruleFor("a.test", 443));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delay=5ms | delay=5ms (set) is not allowed: 10ms to 2s, or off",
        "delay=250 | delay=250 (set) is not allowed: 10ms to 2s, or off (the unit is missing:"
            + " 250ms?)",
        "mode=on2 | mode=on2 (set) is not allowed: ",
        "enabled=perhaps | enabled=perhaps (set) is not allowed: true or false",
        "host=a b! | host=a b! (set) is not allowed: a host name, *.domain or *, each with an"
            + " optional :port",
        "except=:x | except=:x (set) is not allowed: a host name, *.domain or *, each with an"
            + " optional :port",
        "dealy=1s | dealy=1s (set) is not allowed: there is no setting \"dealy\", only delay, ",
        "nonsense | nonsense (set) is not of the form name=value",
        "delay=1s,delay=2s | delay=2s (set) is said a second time",
        "adoption=dup | adoption=dup cannot change while the program runs, only delay, ",
        "resolve=fast | resolve=fast cannot change while the program runs, only delay, ",
        "native=off | native=off cannot change while the program runs, only delay, ",
        "nat64=off | nat64=off cannot change while the program runs, only delay, ",
        "config=x | config=x cannot change while the program runs, only delay, "
      })
  void refusedInOneLineAndNothingChanged(String item, String begins) {
    Layers before = set(Layers.none(), "history=off");
    String line = refused(() -> set(before, "max-in-flight=3", item));
    assertTrue(line.startsWith(begins), line);
    assertFalse(line.endsWith("applies") || line.endsWith("is ignored"), line);
    assertEquals(6, before.settings().global().maxInFlight());
  }

  /**
   * The line of a command has all that helps, and nothing of what a start would have made of it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense=1 | nonsense=1 (set) is not allowed: there is no setting \"nonsense\", only"
            + " NAMES",
        "dealy=1s | dealy=1s (set) is not allowed: there is no setting \"dealy\", only NAMES"
            + " (did you mean delay?)",
        "excpet=a | excpet=a (set) is not allowed: there is no setting \"excpet\""
            + " (did you mean except?)",
        "disabled=true | disabled=true (set) is not allowed: there is no setting \"disabled\","
            + " only NAMES (did you mean enabled=false?)",
        "except=a,b | b (set) belongs to no setting"
            + " (repeat except= for each, or put ; between the patterns)",
        "help | help (set) is no setting; \"java -jar he-agent.jar\" prints all settings",
        "off | off (set) is not of the form name=value",
        "delay=1s;log=info | delay=1s;log=info (set) holds several settings: they are divided by"
            + " commas"
      })
  void whatIsRefusedIsWholeAndNoMore(String item, String line) {
    StringBuilder names = new StringBuilder();
    for (Setting setting : Setting.values()) {
      names.append(names.isEmpty() ? "" : ", ").append(setting.text());
    }
    assertEquals(line.replace("NAMES", names), refused(() -> set(Layers.none(), item)));
  }

  @Test
  void aChangedFileIsLaidUnderWhatIsHigher() {
    Layers started = set(started("delay=300ms"), "scope=strict");
    Layers changed = started.withFile(file("delay=400ms", "scope=any", "max-in-flight=3"));
    assertEquals(300, delay(changed, "x"));
    assertEquals(RaceRule.Scope.STRICT, changed.settings().global().scope());
    assertEquals(3, changed.settings().global().maxInFlight());
    Layers shorter = changed.withFile(file("max-in-flight=4"));
    assertEquals(4, shorter.settings().global().maxInFlight());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delay=5ms", "dealy=1s", "except=:x", "host=:x", "mode=x", "enabled=x"})
  void aFileWithAnyMistakeIsRefusedAsAWhole(String line) {
    String message = refused(() -> Layers.none().withFile(file("max-in-flight=3", line)));
    assertTrue(message.startsWith(line + " (" + PATH + ") "), message);
  }

  @Test
  void aFileMayRepeatWhatCannotChange() {
    Layers started = started("adoption=redial");
    assertEquals(
        Settings.Adoption.REDIAL, started.withFile(file("adoption=redial")).settings().adoption());
    String message = refused(() -> started("").withFile(file("adoption=redial")));
    assertTrue(
        message.startsWith("adoption=redial (he.conf) cannot change while the program runs"),
        message);
  }

  @Test
  void aFileThatIsGoneIsRefused() {
    String message =
        refused(() -> Layers.none().withFile(new SettingsFile(PATH, List.of(), "does not exist")));
    assertEquals("config=he.conf does not exist", message);
  }

  @Test
  void anUnwiseSettingIsTold() {
    assertEquals(
        List.of("delay=50ms is below the 100ms that RFC 8305 recommends as the least; it applies"),
        set(Layers.none(), "delay=50ms").warnings());
  }
}
