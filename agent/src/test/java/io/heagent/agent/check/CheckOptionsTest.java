package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.check.result.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckOptionsTest {

  private static CheckOptions parse(String... arguments) {
    return CheckOptions.parse(List.of(arguments));
  }

  @Test
  void defaults() {
    assertEquals(
        new CheckOptions(
            List.of(new Target("www.test", 443)),
            null,
            null,
            "any",
            null,
            5_000_000_000L,
            1,
            null,
            null,
            false,
            false),
        parse("www.test"));
  }

  @Test
  void everyOptionInBothForms() {
    CheckOptions expected =
        new CheckOptions(
            List.of(new Target("a", 1), new Target("b", 443)),
            "100ms",
            "rfc6724",
            "6",
            "fast",
            1_500_000_000L,
            20,
            "scope=any,host=*.test",
            "race.svg",
            true,
            false);
    assertEquals(
        expected,
        parse(
            "--delay=100ms",
            "--order=rfc6724",
            "--family=6",
            "--resolve=fast",
            "a:1",
            "--timeout=1500ms",
            "--repeat=20",
            "--settings=scope=any,host=*.test",
            "--svg=race.svg",
            "--json",
            "b"));
    assertEquals(
        expected,
        parse(
            "--json",
            "--delay",
            "100ms",
            "--order",
            "rfc6724",
            "--family",
            "6",
            "--resolve",
            "fast",
            "--timeout",
            "1500ms",
            "--repeat",
            "20",
            "--settings",
            "scope=any,host=*.test",
            "--svg",
            "race.svg",
            "--",
            "a:1",
            "b"));
  }

  @Test
  void helpNeedsNoHost() {
    assertTrue(parse("--help").help());
    assertTrue(parse("-h", "www.test").help());
  }

  @Test
  void theHelpNamesEveryOption() {
    for (String option : List.of("--delay", "--order", "--family", "--timeout", "--repeat")) {
      assertTrue(CheckOptionsTest.isInHelp(option), option);
      assertTrue(CheckHelp.takesValue(option), option);
    }
    for (String option : List.of("--settings", "--svg", "--json", "--help")) {
      assertTrue(CheckOptionsTest.isInHelp(option), option);
    }
  }

  private static boolean isInHelp(String option) {
    return CheckHelp.TEXT.lines().anyMatch(line -> line.startsWith("  " + option + " "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--delay=5ms | --delay=5ms: allowed is 10ms to 2s, or off",
        "--delay=250 | --delay=250: allowed is 10ms to 2s, or off",
        "--order=ipv4 | --order=ipv4: allowed is jdk or rfc6724",
        "--family=5 | --family=5: allowed is 4, 6 or any",
        "--timeout=0s | --timeout=0s: allowed is 1ms to 600s",
        "--timeout=601s | --timeout=601s: allowed is 1ms to 600s",
        "--timeout=10 | --timeout=10: allowed is 1ms to 600s",
        "--repeat=0 | --repeat=0: allowed is 1 to 1000",
        "--repeat=1001 | --repeat=1001: allowed is 1 to 1000",
        "--repeat=-1 | --repeat=-1: allowed is 1 to 1000",
        "--svg= | --svg=: allowed is the name of a file",
        "--svg | --svg: a value is missing",
        "--color | --color: there is no such option",
        "--json=yes | --json=yes: there is no such option",
        "-x | -x: there is no such option",
        "--json | no host is given"
      })
  void refuses(String argument, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> parse(argument)).getMessage());
  }
}
