package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.startup.StartCase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The plain JVM: by {@code heagent.enabled=false}, whatever the agent was told, or by settings. */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class KillSwitchIT extends StartCase {
  @Test
  void byProperty() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("log=debug").flags("-Dheagent.enabled=false")));
  }

  @Test
  void byEnvironment() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("log=debug").environment("HEAGENT_ENABLED", "FALSE")));
  }

  @Test
  void byArgument() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("delay=100ms,enabled=no")));
  }

  /**
   * Somebody has misspelt true or false. The agent is off, because that is safe, and one line says
   * so.
   */
  @Test
  void byAWordThatIsNone() throws Exception {
    assertEquals(
        List.of(
            "[he-agent] enabled=flase (environment) is not allowed: true or false;"
                + " enabled=false applies"),
        linesBeside(PLAIN + "\n", dial(lab.agent("").environment("HEAGENT_ENABLED", "flase"))));
  }

  @Test
  void byMode() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("mode=off")));
  }

  @Test
  void byPattern() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("host=other.test")));
    assertQuiet(PLAIN + "\n", dial(lab.agent("except=*.internal;" + REFUSED_FIRST)));
    String domain = "host=*" + REFUSED_FIRST.substring(REFUSED_FIRST.indexOf('.'));
    assertQuiet(RACED + "\n", dial(lab.agent(domain + ":" + port())));
  }

  @Test
  void anythingElseLeavesItOn() throws Exception {
    assertQuiet(RACED + "\n", dial(lab.agent("").flags("-Dheagent.enabled=yes")));
  }
}
