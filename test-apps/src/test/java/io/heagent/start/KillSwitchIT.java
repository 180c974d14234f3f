package io.heagent.start;

import org.junit.jupiter.api.Test;

/** The plain JVM: by {@code heagent.enabled=false}, whatever the agent was told, or by settings. */
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
  void byMode() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("mode=off")));
  }

  @Test
  void byPattern() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.agent("except=" + REFUSED_FIRST)));
    assertQuiet(PLAIN + "\n", dial(lab.agent("host=other.test")));
    String domain = "host=*" + REFUSED_FIRST.substring(REFUSED_FIRST.indexOf('.'));
    assertQuiet(RACED + "\n", dial(lab.agent(domain + ":" + port())));
  }

  @Test
  void anythingElseLeavesItOn() throws Exception {
    assertQuiet(RACED + "\n", dial(lab.agent("").flags("-Dheagent.enabled=yes")));
  }
}
