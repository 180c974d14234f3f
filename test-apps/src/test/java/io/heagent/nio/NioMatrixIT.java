package io.heagent.nio;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.lab.ForkedJvm;
import io.heagent.probes.Facts;
import io.heagent.probes.nio.NioMatrixProbe;
import io.heagent.probes.nio.NioPath;
import io.heagent.probes.nio.NioScenario;
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

/** Every way to connect without blocking, in every scenario, by both adoptions and selectors. */
@Tag("every-jdk")
class NioMatrixIT {
  private static final String POLL_SELECTOR =
      "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.PollSelectorProvider";
  private static final NioTable TABLE = new NioTable();

  private static NioLab lab;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> dup;
  private static Map<String, Facts> redial;
  private static Map<String, Facts> dupPoll;
  private static Map<String, Facts> redialPoll;

  @BeforeAll
  static void open() throws Exception {
    lab = new NioLab();
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

  /** Neither for the program to see nor below its select: one return, and the CPU's time small. */
  @Test
  void noBusyLoopWhileRacing() {
    selected(
        (path, facts) -> {
          if (path != NioPath.SELECT_NOW) {
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

  /** A duplicate of it that were still open would keep its registration with epoll alive. */
  @Test
  void noEventOfTheReplacedDescriptorAfterAdoption() {
    selected(
        (path, facts) -> {
          if (!facts.get("served").isEmpty()) {
            assertEquals("true", facts.get("idle"), facts::toString);
          }
        });
  }

  private static void selected(BiConsumer<NioPath, Facts> check) {
    int checked = 0;
    for (Map<String, Facts> run : List.of(dup, redial, dupPoll, redialPoll)) {
      for (NioPath path : NioPath.values()) {
        for (NioScenario scenario : NioScenario.possible()) {
          Facts facts = run.get(NioMatrixProbe.name(path, scenario));
          // An unresolved literal is refused before anything begins.
          if (path.kind() == NioPath.Kind.SELECTED && scenario != NioScenario.UNRESOLVED_LITERAL) {
            check.accept(path, facts);
            checked++;
          }
        }
      }
    }
    assertTrue(checked > 4 * 6 * 10, checked + " checked");
  }

  /** That the lab is what it claims to be, and the probe: the JDK's own manners pass its checks. */
  @TestFactory
  Stream<DynamicTest> withoutTheAgent() {
    List<DynamicTest> tests = new ArrayList<>();
    for (NioPath path : NioPath.values()) {
      for (NioScenario scenario : NioScenario.possible()) {
        Facts facts = plain.get(NioMatrixProbe.name(path, scenario));
        TABLE.add("plain", path, facts);
        if (scenario == NioScenario.GOOD_FIRST || scenario == NioScenario.SINGLE) {
          tests.add(
              dynamicTest(facts.name(), () -> assertAll(expected(path, scenario, facts).checks())));
        } else if (scenario.hangsPlain()) {
          tests.add(dynamicTest(facts.name(), () -> assertEquals("", facts.get("served"))));
        } else if (scenario.isUnresolved()) {
          String refusal = "java.nio.channels.UnresolvedAddressException";
          tests.add(dynamicTest(facts.name(), () -> assertEquals(refusal, facts.get("error"))));
        } else if (scenario == NioScenario.ALL_REFUSED) {
          String refusal = "java.net.ConnectException";
          tests.add(dynamicTest(facts.name(), () -> assertEquals(refusal, facts.get("error"))));
        }
      }
    }
    return tests.stream();
  }

  private static Stream<DynamicTest> tests(String run, Map<String, Facts> all) {
    List<DynamicTest> tests = new ArrayList<>();
    for (NioPath path : NioPath.values()) {
      for (NioScenario scenario : NioScenario.possible()) {
        String name = NioMatrixProbe.name(path, scenario);
        Facts facts = all.getOrDefault(name, new Facts(name));
        TABLE.add(run, path, facts);
        tests.add(
            dynamicTest(
                run + " " + name, () -> assertAll(expected(path, scenario, facts).checks())));
      }
    }
    return tests.stream();
  }

  private static NioExpectation expected(NioPath path, NioScenario scenario, Facts facts) {
    return new NioExpectation(path, scenario, scenario.port(lab.port(), lab.second()), facts);
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, String how) throws Exception {
    return Side.facts(jvm, NioMatrixProbe.class, lab.port(), lab.second(), how);
  }
}
