package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.Scenario;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.JdkHomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that starts and races with the agent prints what it prints without, byte for byte. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class SilenceIT extends StartCase {
  @Test
  void withoutTheAgentTheNameFails() throws Exception {
    assertQuiet(PLAIN + "\n", dial(lab.plain()));
  }

  @Test
  void defaultRunPrintsNothing() throws Exception {
    assertQuiet(RACED + "\n", dial(lab.agent("")));
  }

  @Test
  void logInfoPrintsOneBannerLine() throws Exception {
    List<String> lines = linesBeside(RACED + "\n", dial(lab.agent("log=info")));
    assertEquals(1, lines.size(), lines::toString);
    String banner =
        "\\[he-agent\\] [0-9]\\S* \\(premain, [0-9]+ ms\\): racing all hosts, delay=250ms,"
            + " adoption=dup, .+ \\Q"
            + System.getProperty("java.vm.version")
            + "\\E";
    assertTrue(lines.get(0).matches(banner), lines.get(0));
  }

  @Test
  void logOffSilencesMistakesToo() throws Exception {
    assertQuiet(RACED + "\n", dial(lab.agent("log=off,delay=abc,nonsense")));
  }

  @Test
  void classDataSharingStaysOn() throws Exception {
    Path lib = JdkHomes.current().home().resolve("lib");
    assumeTrue(
        Files.exists(lib.resolve("server").resolve("classes.jsa")), "this JDK has no CDS archive");
    assertQuiet(RACED + "\n", dial(lab.agent("").flags("-Xshare:on")));
  }

  @Test
  void wovenCodePassesTheVerifier() throws Exception {
    assertQuiet(
        all(RACED),
        dialAll(lab.agent("delay=100ms,history=off").flags("-Xverify:all"), Scenario.DEAD_FIRST));
  }

  @Test
  void wovenCodePassesTheVerifierOfBootClasses() throws Exception {
    assertQuiet(
        all(RACED),
        dialAll(
            lab.agent("delay=100ms,history=off,adoption=redial")
                .flags("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal"),
            Scenario.DEAD_FIRST));
  }
}
