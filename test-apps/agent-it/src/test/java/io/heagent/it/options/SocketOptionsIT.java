package io.heagent.it.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Options set before and during a race hold on the winner; one that was not set has the value that
 * a socket connected without a race has, buffer sizes included: those the kernel tunes.
 */
@Tag("jvm")
@Tag("beside-others")
class SocketOptionsIT {
  @TestFactory
  Stream<DynamicTest> adoptionDup() throws Exception {
    return tests("dup");
  }

  @TestFactory
  @Tag("one-jdk")
  Stream<DynamicTest> adoptionRedial() throws Exception {
    return tests("redial");
  }

  private static Stream<DynamicTest> tests(String adoption) throws Exception {
    Map<String, Facts> seen;
    try (AgentLab lab = AgentLab.talk()) {
      ForkedJvm.Outcome outcome =
          lab.agent("delay=100ms,history=off,adoption=" + adoption)
              .run(OptionsProbe.class, Integer.toString(lab.port()));
      assertEquals("", outcome.stderr());
      seen = Facts.parse(outcome.stdout());
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (boolean channel : new boolean[] {false, true}) {
      for (OptionsProbe.When when : OptionsProbe.When.values()) {
        String raced = OptionsProbe.name(channel, when, Scenario.DEAD_FIRST);
        String alone = OptionsProbe.name(channel, when, Scenario.LITERAL);
        tests.add(
            dynamicTest(
                raced,
                () ->
                    assertEquals(seen.get(alone).get("options"), seen.get(raced).get("options"))));
      }
    }
    return tests.stream();
  }
}
