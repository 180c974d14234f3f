package io.heagent.it.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.beside.KnownAgent;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Beside the agents that people really run, whichever comes first: every connect is raced, and
 * nothing is said. The table in docs/other-agents.md is this. JaCoCo, BlockHound and OpenTelemetry
 * are always run by {@code TogetherIT}, before this agent and after it, and Elastic APM starts
 * slowly, so these are in the long form only: {@code -Dheagent.nightly=true}.
 */
@Tag("jvm")
@Tag("soak")
@Tag("one-jdk")
class KnownAgentsIT {
  private static final String ARGUMENTS = "delay=100ms,history=off";
  private static final String EXPECTED =
      (StartCase.all(StartCase.RACED) + "HTTP served by " + Service.HTTP.address() + "\n")
          .repeat(2);

  private static AgentLab lab;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.full();
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void oursFirst(KnownAgent other) throws Exception {
    assumeTrue(isMeant(other), "in the long form only");
    assertRaces(
        lab.plain()
            .withLibraries()
            .flags(other.flags)
            .agent(AgentLab.JAR, ARGUMENTS)
            .agent(other.jar(), other.arguments));
  }

  @ParameterizedTest
  @EnumSource
  void oursLast(KnownAgent other) throws Exception {
    assumeTrue(isMeant(other), "in the long form only");
    assertRaces(
        lab.plain()
            .withLibraries()
            .flags(other.flags)
            .agent(other.jar(), other.arguments)
            .agent(AgentLab.JAR, ARGUMENTS));
  }

  private static boolean isMeant(KnownAgent other) {
    return other == KnownAgent.DATADOG || Boolean.getBoolean("heagent.nightly");
  }

  private static void assertRaces(ForkedJvm jvm) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(AllWaysProbe.class, Integer.toString(lab.port()));
    assertEquals(EXPECTED, outcome.stdout(), outcome::stderr);
    List<String> ours =
        outcome.stderr().lines().filter(line -> line.startsWith("[he-agent] ")).toList();
    assertEquals(List.of(), ours);
    assertEquals(0, outcome.exitCode(), outcome::stderr);
  }
}
