package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Threads;
import io.heagent.it.lab.Together;
import io.heagent.it.lookup.HangingNames;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Close and interrupt end a racing connect as they end the plain JVM's: same exception, same
 * message, same interrupt status, same state; and nothing is left open.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class EndFromOutsideIT {
  private static AgentLab lab;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> dup;
  private static Map<String, Facts> redial;
  private static Map<String, Facts> unresolved;
  private static Map<String, Facts> unresolvedHangs;
  private static Map<String, Facts> siblingsHang;
  private static HangingNames names;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.talk();
    names = HangingNames.create();
    var runs =
        Together.run(
            () -> facts(lab.plain(), "resolved"),
            () -> facts(lab.agent("delay=100ms,adoption=dup"), "resolved"),
            () -> facts(lab.agent("delay=100ms,adoption=redial"), "resolved"),
            () -> facts(lab.agent("delay=100ms"), "unresolved"),
            () -> facts(names.agent("delay=100ms"), "unresolved"),
            () -> facts(names.agent("delay=100ms"), AgentLab.DEAD.get(0)));
    plain = runs.get(0);
    dup = runs.get(1);
    redial = runs.get(2);
    unresolved = runs.get(3);
    unresolvedHangs = runs.get(4);
    siblingsHang = runs.get(5);
  }

  @AfterAll
  static void close() throws Exception {
    names.close();
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> adoptionDup() {
    return asPlain(dup, true);
  }

  @TestFactory
  Stream<DynamicTest> adoptionRedial() {
    return asPlain(redial, true);
  }

  @TestFactory
  Stream<DynamicTest> unresolvedName() {
    return asPlain(unresolved, false);
  }

  /** While the look-up hangs, and no address is known. */
  @TestFactory
  Stream<DynamicTest> lookUpOfUnresolvedNameHangs() {
    return asPlain(unresolvedHangs, false);
  }

  /** While the address that was given is silent, and the look-up of its siblings hangs. */
  @TestFactory
  Stream<DynamicTest> lookUpOfSiblingsHangs() {
    return asPlain(siblingsHang, true);
  }

  private static Stream<DynamicTest> asPlain(Map<String, Facts> seen, boolean resolved) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Threads threads : Threads.possible()) {
      for (Connector connector : EndProbe.connectors(resolved)) {
        for (EndProbe.End end : EndProbe.End.values()) {
          // A thread that is interrupted before it connects has one moment only.
          for (int moment :
              end == EndProbe.End.INTERRUPTED_BEFORE ? List.of(0) : EndProbe.MOMENTS) {
            String name = EndProbe.name(threads, connector, end, moment);
            tests.add(
                dynamicTest(
                    name,
                    () -> assertEquals(plain.get(name).toString(), seen.get(name).toString())));
          }
        }
      }
    }
    tests.add(
        dynamicTest(
            "descriptors are back to where they were",
            () -> assertEquals("back", seen.get("end").get("descriptors"))));
    return tests.stream();
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, String how) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run(EndProbe.class, Integer.toString(lab.port()), how);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    return Facts.parse(outcome.stdout());
  }
}
