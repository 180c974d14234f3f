package io.heagent.it.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelLab;
import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A failure inside any hook leaves the program with what the JDK itself would do. */
@Tag("jvm")
@Tag("one-jdk")
class FaultInjectionIT {
  private static final String REFUSED = "java.net.ConnectException";

  private static ChannelLab lab;
  private static Map<String, Facts> seen;

  @BeforeAll
  static void open() throws Exception {
    lab = new ChannelLab();
    ForkedJvm jvm =
        lab.agent("delay=100ms,history=off")
            .withLibraries()
            .flags("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
            // The class made on the spot extends a class of java.base's.
            .flags("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
    ForkedJvm.Outcome outcome = jvm.run(FaultProbe.class, Integer.toString(lab.port()));
    // Each kind of failure is said once.
    assertEquals(2, outcome.stderr().lines().count(), outcome::stderr);
    assertEquals(2, outcome.stderr().split("injected", -1).length - 1, outcome::stderr);
    seen = Facts.parse(outcome.stdout());
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> endsAsInTheJdkOrAsRaced() {
    return seen.values().stream()
        .filter(facts -> !facts.name().equals("end"))
        .map(facts -> dynamicTest(facts.name(), () -> check(facts)));
  }

  @Test
  void everyHookWasMadeToFail() {
    int hooks = Integer.parseInt(seen.get("end").get("hooks"));
    assertTrue(hooks > 12, seen::toString);
    assertEquals(hooks * 2 * 3 + 1, seen.size());
  }

  private static void check(Facts facts) {
    assertEquals("connected", facts.get(ChannelScenario.GOOD_FIRST.name()), facts::toString);
    assertEquals("connected", facts.get(ChannelScenario.LITERAL.name()), facts::toString);
    assertEquals(REFUSED, facts.get(ChannelScenario.ALL_REFUSED.name()), facts::toString);
    String deadFirst = facts.get(ChannelScenario.DEAD_FIRST.name());
    String refusedFirst = facts.get(ChannelScenario.REFUSED_FIRST.name());
    if (facts.name().startsWith("none ")) {
      assertEquals("connected", deadFirst, facts::toString);
      assertEquals("connected", refusedFirst, facts::toString);
    } else if (facts.name().startsWith("all ")) {
      assertEquals("pending", deadFirst, facts::toString);
      assertEquals(REFUSED, refusedFirst, facts::toString);
    } else {
      assertTrue(Set.of("connected", "pending").contains(deadFirst), facts::toString);
      assertTrue(Set.of("connected", REFUSED).contains(refusedFirst), facts::toString);
    }
  }
}
