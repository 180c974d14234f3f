package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Calls with null, out of range, negative, a second time, or on a closed socket throw the JDK's own
 * exceptions.
 */
@Tag("jvm")
@Tag("beside-others")
class RefusedCallsIT {
  @TestFactory
  Stream<DynamicTest> sameExceptionsAsThePlainJvm() throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      Map<String, Facts> plain = facts(lab.plain(), lab.port());
      Map<String, Facts> dup = facts(lab.agent("adoption=dup"), lab.port());
      Map<String, Facts> redial = facts(lab.agent("adoption=redial"), lab.port());
      assertTrue(plain.size() > 15, plain::toString);
      return plain.values().stream()
          .map(
              expected ->
                  dynamicTest(
                      expected.name(),
                      () -> {
                        same(expected, dup.get(expected.name()));
                        same(expected, redial.get(expected.name()));
                      }));
    }
  }

  private static void same(Facts expected, Facts seen) {
    assertEquals(expected.get("error"), seen.get("error"), seen::toString);
    assertEquals(expected.get("agent"), seen.get("agent"), seen::toString);
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, int port) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(RefusedProbe.class, Integer.toString(port));
    assertEquals("", outcome.stderr());
    return Facts.parse(outcome.stdout());
  }
}
