package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenSettingsTest {
  private static boolean areAny(String arguments, String property, String variable) {
    Properties properties = new Properties();
    properties.setProperty(property, "x");
    return Settings.areGiven(arguments, properties, Map.of(variable, "x"));
  }

  @Test
  void whatASettingsReaderFindsWhereThereAreNoneIsTheDefault() {
    SettingsReader.Result read = new SettingsReader(new Properties(), Map.of()).read(null);
    assertEquals(Settings.defaults(), read.settings());
    assertEquals(
        read.settings(), new SettingsReader(new Properties(), Map.of()).read("").settings());
  }

  @Test
  void mostProgramsHaveNone() {
    assertEquals(false, areAny(null, "java.home", "HOME"));
    assertEquals(false, areAny("", "user.heagent.x", "MY_HEAGENT_X"));
    assertEquals(false, areAny(" ", "heagent", "HEAGENT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heagent.delay", "HeAgent.Delay", "he-agent.delay", "heagent."})
  void propertiesThatAreOursOrMeantToBe(String name) {
    assertEquals(true, areAny(null, name, "HOME"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAGENT_DELAY", "heagent_delay", "HE_AGENT_DELAY"})
  void variablesThatAreOursOrMeantToBe(String name) {
    assertEquals(true, areAny(null, "java.home", name));
  }

  @Test
  void arguments() {
    assertEquals(true, areAny("mode=off", "java.home", "HOME"));
  }
}
