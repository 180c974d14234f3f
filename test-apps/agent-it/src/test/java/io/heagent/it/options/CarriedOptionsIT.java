package io.heagent.it.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Service;
import io.heagent.it.options.CarriedProbe.When;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What native code, or a JDK method that has no name for it, has set before and during a race holds
 * on the winner, and the winner's descriptor has the flags that the JDK's own has.
 */
@Tag("jvm")
@Tag("beside-others")
class CarriedOptionsIT {
  private static final String LATE = "127.9.3.1";

  @TestFactory
  Stream<DynamicTest> adoptionDup() throws Exception {
    return tests("dup");
  }

  @TestFactory
  @Tag("one-jdk")
  Stream<DynamicTest> adoptionRedial() throws Exception {
    return tests("redial");
  }

  /**
   * Only the program's own socket can have this option, so the winner's address is dialled on that
   * socket.
   */
  @Test
  void whatCannotBeCarriedIsKept() throws Exception {
    Map<String, Facts> seen = hard("forced");
    assumeTrue(seen.get("SOCKET alone").get("forced").equals("true"), "needs CAP_NET_ADMIN");
    assertSame(seen);
  }

  /** One descriptor is left, which the second attempt takes. */
  @Test
  void fewDescriptorsLoseNothing() throws Exception {
    assertSame(hard("few", "bash", "-c", "ulimit -n 300 && exec \"$@\"", "bash"));
  }

  private static Map<String, Facts> hard(String how, String... under) throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      ForkedJvm jvm = lab.agent("delay=100ms,history=off").flags(JdkInside.FLAGS);
      if (under.length > 0) {
        jvm.under(under);
      }
      ForkedJvm.Outcome outcome = jvm.run(NotCarriedProbe.class, Integer.toString(lab.port()), how);
      assertEquals("", outcome.stderr());
      return Facts.parse(outcome.stdout());
    }
  }

  private static void assertSame(Map<String, Facts> seen) {
    for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
      Facts raced = seen.get(kind + " raced");
      assertEquals("", raced.get("error"), raced::toString);
      assertEquals(seen.get(kind + " alone").get("options"), raced.get("options"), raced::toString);
      assertTrue(raced.get("served").startsWith(Service.TALK.address()), raced::toString);
    }
  }

  private static Stream<DynamicTest> tests(String adoption) throws Exception {
    Map<String, Facts> seen;
    try (AgentLab lab = AgentLab.talk().with("late.test", AgentLab.DEAD.get(0), LATE)) {
      ForkedJvm.Outcome outcome =
          lab.agent("delay=100ms,history=off,adoption=" + adoption)
              .flags(JdkInside.FLAGS)
              .run(CarriedProbe.class, Integer.toString(lab.port()), "late.test", LATE);
      assertEquals("", outcome.stderr());
      seen = Facts.parse(outcome.stdout());
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
      for (When when : When.values()) {
        Facts alone = seen.get(CarriedProbe.name(kind, when, false));
        Facts raced = seen.get(CarriedProbe.name(kind, when, true));
        tests.add(
            dynamicTest(
                raced.name(),
                () -> {
                  assertEquals("", raced.get("error"));
                  assertEquals(alone.get("options"), raced.get("options"));
                }));
      }
    }
    return tests.stream();
  }
}
