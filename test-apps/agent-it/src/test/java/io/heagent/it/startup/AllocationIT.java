package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.costs.CostLimits;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.AllocationProbe.Way;
import io.heagent.testkit.jvm.ForkedJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many bytes the agent allocates for a connect, by what the thread allocates without it. */
@Tag("jvm")
@Tag("every-jdk")
class AllocationIT extends StartCase {
  private static final String CONNECTS = "200";

  @ParameterizedTest
  @EnumSource
  void literal(Way way) throws Exception {
    check(way, Scenario.LITERAL, "", CostLimits.BYTES_LITERAL);
  }

  @ParameterizedTest
  @EnumSource
  void singleAddress(Way way) throws Exception {
    check(way, Scenario.SINGLE, "", CostLimits.BYTES_SINGLE_ADDRESS);
  }

  @ParameterizedTest
  @EnumSource
  void excludedHost(Way way) throws Exception {
    String except = "except=" + Scenario.GOOD_FIRST.host(Service.TALK);
    check(way, Scenario.GOOD_FIRST, except, CostLimits.BYTES_EXCLUDED_HOST);
  }

  @Test
  void severalAddressesTheFirstGood() throws Exception {
    // A long delay: a slow machine is not to dial the second.
    check(Way.SOCKET, Scenario.GOOD_FIRST, "delay=2s", CostLimits.BYTES_SEVERAL_ADDRESSES);
  }

  private static void check(Way way, Scenario scenario, String arguments, CostLimits limit)
      throws Exception {
    long ours = bytes(lab.agent(arguments), way, scenario) - bytes(lab.plain(), way, scenario);
    assertTrue(ours <= limit.most(), () -> ours + " bytes of at most " + limit.most());
  }

  /** Interpreted, so that nothing depends on what the compilers have got to by then. */
  private static long bytes(ForkedJvm jvm, Way way, Scenario scenario) throws Exception {
    ForkedJvm.Outcome outcome =
        jvm.flags("-Xint")
            .run(AllocationProbe.class, scenario.host(Service.TALK), port(), CONNECTS, way.name());
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    return Long.parseLong(outcome.stdout().strip());
  }
}
