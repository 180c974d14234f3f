package io.heagent.start;

import org.junit.jupiter.api.Test;

/** {@code heagent.enabled=false}: the plain JVM, whatever the agent was told. */
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
  void anythingElseLeavesItOn() throws Exception {
    assertQuiet(RACED + "\n", dial(lab.agent("").flags("-Dheagent.enabled=yes")));
  }
}
