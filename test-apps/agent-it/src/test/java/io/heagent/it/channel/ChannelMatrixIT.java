package io.heagent.it.channel;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Connects in every way that does not block, in every scenario, with both values of {@code
 * adoption} and both kinds of selector.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("behaviour")
@Tag("every-jdk")
class ChannelMatrixIT {
  private static final String POLL_SELECTOR =
      "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.PollSelectorProvider";
  private static final ChannelTable TABLE = new ChannelTable();

  private static ChannelLab lab;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> dup;
  private static Map<String, Facts> redial;
  private static Map<String, Facts> dupPoll;
  private static Map<String, Facts> redialPoll;

  @BeforeAll
  static void open() throws Exception {
    lab = new ChannelLab();
    String dupArguments = "delay=100ms,history=off,adoption=dup";
    String redialArguments = "delay=100ms,history=off,adoption=redial";
    List<Map<String, Facts>> runs =
        Side.bySide(
            List.of(
                () -> facts(lab.plain(), "plain"),
                () -> facts(lab.agent(dupArguments), "agent"),
                () -> facts(lab.agent(redialArguments), "agent"),
                () -> facts(lab.agent(dupArguments).flags(POLL_SELECTOR), "agent"),
                () -> facts(lab.agent(redialArguments).flags(POLL_SELECTOR), "agent")));
    plain = runs.get(0);
    dup = runs.get(1);
    redial = runs.get(2);
    dupPoll = runs.get(3);
    redialPoll = runs.get(4);
  }

  @AfterAll
  static void close() throws Exception {
    System.out.println(TABLE);
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> adoptionDup() {
    return tests("dup", dup);
  }

  @TestFactory
  Stream<DynamicTest> adoptionRedial() {
    return tests("redial", redial);
  }

  @TestFactory
  Stream<DynamicTest> adoptionDupWithPollSelector() {
    return tests("dup/poll", dupPoll);
  }

  @TestFactory
  Stream<DynamicTest> adoptionRedialWithPollSelector() {
    return tests("redial/poll", redialPoll);
  }

  /**
   * No event is repeated, neither for the program nor inside its select: select returns once, and
   * uses little CPU time.
   */
  @Test
  void noBusyLoopWhileRacing() {
    selected(
        (path, facts) -> {
          if (path != ChannelPath.SELECT_NOW) {
            assertEquals("1", facts.get("returns"), facts::toString);
          }
        });
  }

  @Test
  void noReadOrWriteIsLostAfterAdoption() {
    selected(
        (path, facts) -> {
          if (!facts.get("served").isEmpty()) {
            assertEquals("true", facts.get("writable"), facts::toString);
            assertEquals("pingpong", facts.get("echo"), facts::toString);
          }
        });
  }

  /**
   * If a duplicate of the replaced descriptor were still open, its registration with epoll would
   * stay.
   */
  @Test
  void noEventOfTheReplacedDescriptorAfterAdoption() {
    selected(
        (path, facts) -> {
          if (!facts.get("served").isEmpty()) {
            assertEquals("true", facts.get("idle"), facts::toString);
          }
        });
  }

  private static void selected(BiConsumer<ChannelPath, Facts> check) {
    int checked = 0;
    for (Map<String, Facts> run : List.of(dup, redial, dupPoll, redialPoll)) {
      for (ChannelPath path : ChannelPath.values()) {
        for (ChannelScenario scenario : ChannelScenario.possible()) {
          Facts facts = run.get(ChannelMatrixProbe.name(path, scenario));
          // The JDK refuses an unresolved literal before anything begins.
          if (path.kind() == ChannelPath.Kind.SELECTED
              && scenario != ChannelScenario.UNRESOLVED_LITERAL) {
            check.accept(path, facts);
            checked++;
          }
        }
      }
    }
    assertTrue(checked > 4 * 6 * 10, checked + " checked");
  }

  /** Checks the lab and the probe: a JVM without the agent passes the same checks. */
  @TestFactory
  Stream<DynamicTest> withoutTheAgent() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ChannelPath path : ChannelPath.values()) {
      for (ChannelScenario scenario : ChannelScenario.possible()) {
        Facts facts = plain.get(ChannelMatrixProbe.name(path, scenario));
        TABLE.add("plain", path, facts);
        if (scenario == ChannelScenario.GOOD_FIRST || scenario == ChannelScenario.SINGLE) {
          tests.add(
              dynamicTest(facts.name(), () -> assertAll(expected(path, scenario, facts).checks())));
        } else if (scenario.hangsPlain()) {
          tests.add(dynamicTest(facts.name(), () -> assertEquals("", facts.get("served"))));
        } else if (scenario.isUnresolved()) {
          String refusal = "java.nio.channels.UnresolvedAddressException";
          tests.add(dynamicTest(facts.name(), () -> assertEquals(refusal, facts.get("error"))));
        } else if (scenario == ChannelScenario.ALL_REFUSED) {
          String refusal = "java.net.ConnectException";
          tests.add(dynamicTest(facts.name(), () -> assertEquals(refusal, facts.get("error"))));
        }
      }
    }
    return tests.stream();
  }

  private static Stream<DynamicTest> tests(String run, Map<String, Facts> all) {
    List<DynamicTest> tests = new ArrayList<>();
    for (ChannelPath path : ChannelPath.values()) {
      for (ChannelScenario scenario : ChannelScenario.possible()) {
        String name = ChannelMatrixProbe.name(path, scenario);
        Facts facts = all.getOrDefault(name, new Facts(name));
        TABLE.add(run, path, facts);
        tests.add(
            dynamicTest(
                run + " " + name, () -> assertAll(expected(path, scenario, facts).checks())));
      }
    }
    return tests.stream();
  }

  private static ChannelExpectation expected(
      ChannelPath path, ChannelScenario scenario, Facts facts) {
    return new ChannelExpectation(path, scenario, scenario.port(lab.port(), lab.second()), facts);
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, String how) throws Exception {
    return Side.facts(jvm, ChannelMatrixProbe.class, lab.port(), lab.second(), how);
  }
}
