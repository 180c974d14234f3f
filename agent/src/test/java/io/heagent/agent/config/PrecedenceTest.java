package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Property before environment before arguments before file before default. */
class PrecedenceTest {

  @TempDir Path folder;

  private final Given given = new Given();
  private Path file;

  @BeforeEach
  void fileSaysOneSecond() throws IOException {
    file = Files.writeString(folder.resolve("he.conf"), "delay=1s\n");
  }

  private long millis(String arguments) {
    SettingsReader.Result read = given.read(arguments);
    assertEquals(List.of(), read.warnings());
    return read.settings().global().delayNanos() / 1_000_000L;
  }

  @Test
  void fileBeforeDefault() {
    assertEquals(1000, millis("config=" + file));
  }

  @Test
  void argumentsBeforeFile() {
    assertEquals(400, millis("config=" + file + ",delay=400ms"));
  }

  @Test
  void environmentBeforeArguments() {
    given.variable("HEAGENT_DELAY", "300ms");
    assertEquals(300, millis("config=" + file + ",delay=400ms"));
  }

  @Test
  void propertyBeforeEnvironment() {
    given.variable("HEAGENT_DELAY", "300ms").property("heagent.delay", "200ms");
    assertEquals(200, millis("config=" + file + ",delay=400ms"));
  }

  @Test
  void aMistakeDoesNotHideWhatIsBelowIt() {
    given.property("heagent.delay", "fast");
    SettingsReader.Result read = given.read("delay=400ms");
    assertEquals(400_000_000L, read.settings().global().delayNanos());
    assertEquals(
        "delay=fast (system property) is not allowed: 10ms to 2s, or off; delay=400ms applies",
        Given.only(read.warnings()));
  }

  @Test
  void eachSettingIsDecidedForItself() {
    given.variable("HEAGENT_MAX_IN_FLIGHT", "3").property("heagent.log", "off");
    Settings settings = given.read("first-family-count=2,log=info,config=" + file).settings();
    assertEquals(
        new RaceRule(1_000_000_000L, 2, 3, true, true, false, true, RaceRule.Scope.AUTO),
        settings.global());
    assertEquals(Log.Level.OFF, settings.log());
  }

  @Test
  void theFileIsNamedByTheHighestPlace() throws IOException {
    Path other = Files.writeString(folder.resolve("other.conf"), "delay=500ms");
    given.property("heagent.config", other.toString());
    assertEquals(500, millis("config=" + file));
    given.variable("HEAGENT_CONFIG", file.toString());
    assertEquals(500, millis(null));
  }

  @Test
  void hostsAreThoseOfTheHighestPlaceThatHasSome() throws IOException {
    Files.writeString(file, "host=file.example");
    Settings fromArguments = given.read("host=argument.example,config=" + file).settings();
    assertNotNull(fromArguments.ruleFor("argument.example", 1));
    assertNull(fromArguments.ruleFor("file.example", 1));
    given.property("heagent.host", "property.example");
    Settings fromProperty = given.read("host=argument.example,config=" + file).settings();
    assertNotNull(fromProperty.ruleFor("property.example", 1));
    assertNull(fromProperty.ruleFor("argument.example", 1));
  }

  /** A block's own value is more specific, wherever the global one was given. */
  @Test
  void aBlocksOwnValueIsBeforeAnyGlobalOne() throws IOException {
    Files.writeString(file, "host=a.example\ndelay=400ms\nhost=b.example");
    given.property("heagent.delay", "300ms");
    Settings settings = given.read("config=" + file).settings();
    assertEquals(400_000_000L, settings.ruleFor("a.example", 1).delayNanos());
    assertEquals(300_000_000L, settings.ruleFor("b.example", 1).delayNanos());
  }

  @Test
  void exceptHoldsWhereverItStands() throws IOException {
    Files.writeString(file, "except=file.example");
    given
        .property("heagent.except", "property.example")
        .variable("HEAGENT_EXCEPT", "variable.example, second.example");
    Settings settings = given.read("except=argument.example,config=" + file).settings();
    for (String place : List.of("file", "property", "variable", "second", "argument")) {
      assertNull(settings.ruleFor(place + ".example", 1), place);
    }
    assertNotNull(settings.ruleFor("other.example", 1));
  }

  /** The kill switch is none of these settings, and must not be reported as an unknown one. */
  @Test
  void enabledIsNotReported() {
    given.property("heagent.enabled", "true").variable("HEAGENT_ENABLED", "true");
    assertEquals(250, millis(null));
  }
}
