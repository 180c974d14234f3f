package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Threads;
import io.heagent.it.lab.Together;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Connects in every blocking way, in every scenario, on every kind of thread, with both values of
 * {@code adoption}.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("behaviour")
@Tag("every-jdk")
class BehaviourMatrixIT {
  private static final MatrixTable TABLE = new MatrixTable();

  private static AgentLab lab;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> dup;
  private static Map<String, Facts> redial;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.full();
    var runs =
        Together.run(
            () -> facts(lab.plain(), "plain"),
            () -> facts(lab.agent("delay=100ms,history=off,adoption=dup"), "agent"),
            () -> facts(lab.agent("delay=100ms,history=off,adoption=redial"), "agent"));
    plain = runs.get(0);
    dup = runs.get(1);
    redial = runs.get(2);
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

  @Test
  void failureNamesEveryAddressAndLosesNoCauseNorTheirOrder() {
    List<Executable> checks = new ArrayList<>();
    for (Map<String, Facts> seen : List.of(dup, redial)) {
      for (Scenario scenario :
          List.of(Scenario.ALL_DEAD, Scenario.ALL_REFUSED, Scenario.UNREACHABLE_REFUSED)) {
        String name = MatrixProbe.name(Threads.PLATFORM, BlockingWay.SOCKET_TIMEOUT, scenario);
        checks.addAll(
            new Expectation(
                    BlockingWay.SOCKET_TIMEOUT,
                    scenario,
                    lab.port(),
                    seen.get(name),
                    plain.get(name))
                .checks());
      }
    }
    assertAll(checks);
  }

  /** Checks the lab itself: without the agent a connect ends at the dead address. */
  @TestFactory
  Stream<DynamicTest> withoutTheAgent() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : BlockingWay.values()) {
        if (way.isTimed() && way != BlockingWay.SOCKET_UNRESOLVED) {
          tests.add(
              dynamicTest(
                  threads + " " + way + " times out",
                  () -> {
                    Facts facts = plain.get(MatrixProbe.name(threads, way, Scenario.DEAD_FIRST));
                    // The JDK tells of a SOCKS proxy's failure by an exception of another type.
                    String type = way == BlockingWay.SOCKS_PROXY ? "Socket" : "SocketTimeout";
                    assertEquals("java.net." + type + "Exception", facts.get("error"));
                  }));
        }
      }
    }
    return tests.stream();
  }

  private static Stream<DynamicTest> tests(String adoption, Map<String, Facts> seen) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : BlockingWay.values()) {
        for (Scenario scenario : Scenario.values()) {
          String name = MatrixProbe.name(threads, way, scenario);
          if (way.isTimed() || scenario != Scenario.ALL_DEAD) {
            Facts facts = seen.getOrDefault(name, new Facts(name));
            TABLE.add(adoption, threads, way, scenario, facts);
            Expectation expected =
                new Expectation(way, scenario, lab.port(), facts, plain.get(name));
            tests.add(dynamicTest(adoption + " " + name, () -> assertAll(expected.checks())));
          }
        }
      }
    }
    return tests.stream();
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, String how) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(MatrixProbe.class, Integer.toString(lab.port()), how);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    return Facts.parse(outcome.stdout());
  }
}
