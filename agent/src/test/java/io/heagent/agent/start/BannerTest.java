package io.heagent.agent.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BannerTest {

  private static String banner(String arguments, boolean redial) {
    Settings settings = new SettingsReader(new Properties(), Map.of()).read(arguments).settings();
    return Banner.text("premain", settings, redial, true, 42);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'racing all hosts, delay=250ms, adoption=dup'",
    "'delay=1s', 'racing all hosts, delay=1000ms, adoption=dup'",
    "'delay=off', 'racing all hosts, delay=off, adoption=dup'",
    "'mode=off', 'racing no hosts (mode=off), delay=250ms, adoption=dup'",
    "'host=a,host=b', 'racing 2 host pattern(s), delay=250ms, adoption=dup'",
    "'mode=observe', 'observing all hosts, delay=250ms, adoption=dup'",
    "'host=a,mode=observe', 'observing 1 host pattern(s), delay=250ms, adoption=dup'",
    "'mode=observe,host=a,mode=race', 'racing 1 host pattern(s), delay=250ms, adoption=dup'",
    "'host=a,host=b,mode=observe', 'racing 1 and observing 1 host pattern(s), delay=250ms, adoption=dup'",
    "'host=a,mode=off,host=b', 'racing 1 host pattern(s), delay=250ms, adoption=dup'",
    "'host=a,mode=off', 'racing no hosts (mode=off), delay=250ms, adoption=dup'"
  })
  void saysWhatIsRaced(String arguments, String said) {
    String banner = banner(arguments, false);
    assertTrue(banner.contains(" (premain, 42 ms): " + said + ", "), banner);
  }

  @Test
  void saysHowWinnersAreAdopted() {
    String banner = banner("", true);
    assertTrue(banner.contains(", adoption=redial, "), banner);
  }

  @Test
  void saysWhetherTheJdkIsOneOfThoseThatWereWovenAhead() {
    Settings settings = Settings.defaults();
    String ahead = Banner.text("premain", settings, false, true, 42);
    assertTrue(ahead.contains(", woven ahead, "), ahead);
    String now = Banner.text("premain", settings, false, false, 42);
    assertTrue(now.contains(", woven at start, "), now);
  }

  @Test
  void isOneLineAndNamesTheJvm() {
    String banner = banner("", false);
    assertEquals(1, banner.lines().count());
    assertTrue(banner.endsWith(System.getProperty("java.vm.version")), banner);
  }
}
