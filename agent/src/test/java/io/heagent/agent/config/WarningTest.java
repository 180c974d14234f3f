package io.heagent.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A warning is one readable line whatever was given; and what is unwise but allowed is told. */
class WarningTest {

  /** A person reads a line of this length. */
  private static final int LONGEST = 500;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay=%s",
        "%s=1",
        "%s",
        "host=%s %s",
        "except=%s %s",
        "config=/no/such/%s",
      })
  void oneLine(String format) {
    for (String noise :
        List.of("a\nb", "a\r\nb", "\u001b[31mred", "a\u0085b", "x".repeat(70_000))) {
      String warning =
          Given.only(Given.arguments(format.replace("%s", noise).replace(",", "")).warnings());
      assertTrue(warning.length() <= LONGEST, () -> format + ": " + warning.length());
      assertTrue(warning.chars().noneMatch(Character::isISOControl), warning);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delay=50ms", "delay=10ms", "delay=99ms"})
  void belowTheRecommendedMinimum(String item) {
    SettingsReader.Result read = Given.arguments(item);
    assertEquals(
        item + " is below the 100ms that RFC 8305 recommends as the least; it applies",
        Given.only(read.warnings()));
    assertTrue(read.settings().global().delayNanos() < 100_000_000L);
  }

  @Test
  void belowTheRecommendedMinimumForAHost() {
    SettingsReader.Result read = Given.arguments("host=a.example,delay=50ms,host=b.example");
    assertEquals(50_000_000L, read.settings().ruleFor("a.example", 1).delayNanos());
    String warning = Given.only(read.warnings());
    assertTrue(warning.startsWith("delay=50ms "), warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delay=100ms", "delay=off", "host=a.example,delay=100ms"})
  void noWarning(String arguments) {
    assertEquals(List.of(), Given.arguments(arguments).warnings());
  }
}
