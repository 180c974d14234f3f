package io.heagent.agent.config.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Given;
import io.heagent.agent.config.SettingsReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several patterns in one value. Whatever was to be left alone is left alone. */
class HostListTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "except=*.internal;*.corp",
        "except=*.internal|*.corp:443",
        "except= *.internal ; *.corp ;",
        "except=.internal;.corp",
        "except=\"*.internal;*.corp\"",
        "except='*.internal';'*.corp'",
        "EXCEPT=*.INTERNAL;*.CORP",
        "except:*.internal;*.corp"
      })
  void severalExceptionsInOneValue(String arguments) {
    SettingsReader.Result read = Given.arguments(arguments);
    assertEquals(List.of(), read.warnings());
    assertNull(read.settings().ruleFor("db.internal", 443));
    assertNull(read.settings().ruleFor("db.corp", 443));
    assertNotNull(read.settings().ruleFor("db.example", 443));
  }

  @Test
  void severalHostsInOneValueShareTheSettingsAfterThem() {
    SettingsReader.Result read =
        Given.arguments("host=a.example;*.b.example:443,delay=400ms,host=c.example");
    assertEquals(List.of(), read.warnings());
    assertEquals(400_000_000L, read.settings().ruleFor("a.example", 1).delayNanos());
    assertEquals(400_000_000L, read.settings().ruleFor("x.b.example", 443).delayNanos());
    assertEquals(250_000_000L, read.settings().ruleFor("c.example", 1).delayNanos());
    assertNull(read.settings().ruleFor("x.b.example", 80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "except=*.internal,*.corp",
        "log=warn,except=*.internal,*.corp",
        "except=*.internal,delay=250ms,*.corp",
        "host=*,except=*.internal, *.corp ",
        "except=\"*.internal,*.corp\""
      })
  void aWordAfterAnExceptionIsOneToo(String arguments) {
    SettingsReader.Result read = Given.arguments(arguments);
    assertNull(read.settings().ruleFor("db.internal", 443));
    assertNull(read.settings().ruleFor("db.corp", 443));
    assertNotNull(read.settings().ruleFor("db.example", 443));
    assertEquals(
        "*.corp (agent arguments) belongs to no setting; it is taken for except=*.corp:"
            + " repeat except= for each, or put ; between the patterns",
        Given.only(read.warnings()));
  }

  @Test
  void aWordAfterAHostIsOneTooAndSharesItsSettings() {
    SettingsReader.Result read = Given.arguments("host=a.example,b.example,delay=400ms");
    assertEquals(400_000_000L, read.settings().ruleFor("a.example", 1).delayNanos());
    assertEquals(400_000_000L, read.settings().ruleFor("b.example", 1).delayNanos());
    assertNull(read.settings().ruleFor("c.example", 1));
    assertEquals(
        "b.example (agent arguments) belongs to no setting; it is taken for host=b.example:"
            + " repeat host= for each, or put ; between the patterns",
        Given.only(read.warnings()));
  }

  /**
   * The word is ignored, because it is safe to race fewer hosts, and the settings before it were
   * not given for it.
   */
  @Test
  void aWordAfterTheSettingsOfAHostIsIgnored() {
    SettingsReader.Result read = Given.arguments("host=a.example,delay=400ms,b.example");
    assertNull(read.settings().ruleFor("b.example", 1));
    assertEquals(
        "b.example (agent arguments) is not of the form name=value; it is ignored",
        Given.only(read.warnings()));
  }

  @Test
  void aWordThatIsNoPatternAfterAnExceptionLeavesEveryHostAlone() {
    SettingsReader.Result read = Given.arguments("except=*.internal,*corp");
    assertNull(read.settings().ruleFor("db.example", 443));
    assertEquals(2, read.warnings().size());
    String second = read.warnings().get(1);
    assertTrue(second.endsWith("is unknown, so no host is raced"), second);
  }

  @ParameterizedTest
  @CsvSource({
    "heagent.except, '*.internal,*.corp', HEAGENT_HOST, *",
    "heagent.except, '*.internal;*.corp', HEAGENT_HOST, *",
    "heagent.except, '*.internal | *.corp,', HEAGENT_HOST, '*,'",
    "heagent.except, '\"*.internal\", \"*.corp\"', HEAGENT_HOST, \"*\"",
  })
  void byPropertyAndVariable(String property, String except, String variable, String host) {
    SettingsReader.Result read =
        new Given().property(property, except).variable(variable, host).read("");
    assertEquals(List.of(), read.warnings());
    assertNull(read.settings().ruleFor("db.internal", 443));
    assertNull(read.settings().ruleFor("db.corp", 443));
    assertNotNull(read.settings().ruleFor("db.example", 443));
  }

  /** Another separator between settings: no exception in it may be lost. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay=400ms;except=*.internal;except=*.corp",
        "delay=400ms|except=*.internal|*.corp",
        "delay=400ms except=*.internal;*.corp",
        "delay=400ms & except = *.internal;*.corp",
        "except=*.internal;*.corp;delay=400ms",
      })
  void settingsWithAnotherSeparatorAreTakenAndTheCommaIsNamed(String arguments) {
    SettingsReader.Result read = Given.arguments(arguments);
    assertNull(read.settings().ruleFor("db.internal", 443));
    assertNull(read.settings().ruleFor("db.corp", 443));
    assertEquals(400_000_000L, read.settings().ruleFor("db.example", 443).delayNanos());
    assertEquals(
        arguments
            + " (agent arguments) holds several settings: they are divided by commas;"
            + " they are taken one by one",
        Given.only(read.warnings()));
  }

  /** A path may hold anything, but an exception after it must not be lost. */
  @ParameterizedTest
  @ValueSource(strings = {"config=/no/such;except=*.corp", "config=/no/such | except=*.corp"})
  void anExceptionAfterAPathIsTaken(String arguments) {
    SettingsReader.Result read = Given.arguments(arguments);
    assertNull(read.settings().ruleFor("db.corp", 443));
    assertNotNull(read.settings().ruleFor("db.example", 443));
    assertEquals(
        List.of(
            arguments
                + " (agent arguments) holds several settings: they are divided by commas;"
                + " they are taken one by one",
            "config=/no/such does not exist; the settings in it are not applied"),
        read.warnings());
  }

  /** A path may hold anything. */
  @Test
  void aPathIsNotDivided() {
    String warning = Given.only(Given.arguments("config=/no/such file log=info").warnings());
    assertTrue(warning.startsWith("config=/no/such file log=info does not exist"), warning);
  }
}
