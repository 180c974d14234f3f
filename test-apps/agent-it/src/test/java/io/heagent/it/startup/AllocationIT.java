package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.costs.CostLimits;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.AllocationProbe.Way;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How many bytes the agent allocates for a connect, by what the thread allocates without it. */
@Tag("jvm")
class AllocationIT extends StartCase {
  private static final String CONNECTS = "200";

  @Test
  @Tag("every-jdk")
  void literal() throws Exception {
    check(Scenario.LITERAL, "", CostLimits.BYTES_LITERAL, Way.values());
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void singleAddress() throws Exception {
    check(Scenario.SINGLE, "", CostLimits.BYTES_SINGLE_ADDRESS, Way.values());
  }

  @Test
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  void excludedHost() throws Exception {
    String except = "except=" + Scenario.GOOD_FIRST.host(Service.TALK);
    check(Scenario.GOOD_FIRST, except, CostLimits.BYTES_EXCLUDED_HOST, Way.values());
  }

  @Test
  @Tag("every-jdk")
  void severalAddressesTheFirstGood() throws Exception {
    // A long delay: a slow machine is not to dial the second.
    check(Scenario.GOOD_FIRST, "delay=2s", CostLimits.BYTES_SEVERAL_ADDRESSES, Way.SOCKET);
  }

  private static void check(Scenario scenario, String arguments, CostLimits limit, Way... ways)
      throws Exception {
    List<Long> with = bytes(lab.agent(arguments), scenario, ways);
    List<Long> without = bytes(lab.plain(), scenario, ways);
    List<Executable> each = new ArrayList<>();
    for (int i = 0; i < ways.length; i++) {
      Way way = ways[i];
      long ours = with.get(i) - without.get(i);
      each.add(
          () ->
              assertTrue(
                  ours <= limit.most(),
                  () -> way + ": " + ours + " bytes of at most " + limit.most()));
    }
    assertAll(each);
  }

  /**
   * For each way in turn, all in one JVM. Interpreted, so that nothing depends on what the
   * compilers have got to by then.
   */
  private static List<Long> bytes(ForkedJvm jvm, Scenario scenario, Way... ways) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(scenario.host(Service.TALK), port(), CONNECTS));
    for (Way way : ways) {
      arguments.add(way.name());
    }
    ForkedJvm.Outcome outcome =
        jvm.flags("-Xint").run(AllocationProbe.class, arguments.toArray(String[]::new));
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    List<Long> bytes = outcome.stdout().lines().map(Long::valueOf).toList();
    assertEquals(ways.length, bytes.size());
    return bytes;
  }
}
