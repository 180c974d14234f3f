package io.heagent.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Each setting has its line, with the place that it comes from. */
class InForceTest {

  private static Layers started(String arguments, Map<String, String> environment) {
    return new SettingsReader(new Properties(), environment).layers(arguments);
  }

  /** The lines about hosts and exceptions, which are the last ones. */
  private static List<String> lists(Layers layers) {
    List<String> lines = InForce.lines(layers);
    return lines.subList(lines.indexOf("enabled=true") + 1, lines.size());
  }

  @Test
  void everyHostIsALineToo() {
    assertEquals(List.of("except=", "host=*"), lists(Layers.none()));
  }

  @Test
  void eachHostAndEachExceptionHasItsPlace() {
    Layers started =
        started("host=a.test,except=b.test", Map.of("HEAGENT_EXCEPT", "c.test;d.test"));
    List<String> lines = lists(started);
    assertEquals(
        List.of(
            "except=c.test (environment)",
            "except=d.test (environment)",
            "except=b.test (agent arguments)"),
        lines.subList(0, 3));
    assertEquals(4, lines.size());
    String host = lines.get(3);
    assertEquals("host=a.test,", host.substring(0, 12));
    assertEquals(" (agent arguments)", host.substring(host.length() - 18));
  }

  @Test
  void whatAChangeHasLiftedIsGone() {
    Layers started = started("host=a.test,except=b.test", Map.of());
    assertEquals(
        List.of("except= (set)", "host=* (set)"),
        lists(started.with(List.of("except=", "host=*"))));
    assertEquals(
        List.of("except=c.test (set)", "host=* (set)"),
        lists(started.with(List.of("except=", "except=c.test", "host=*"))));
  }
}
