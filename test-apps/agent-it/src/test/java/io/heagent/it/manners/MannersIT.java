package io.heagent.it.manners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Racing channels, their keys and their selectors keep the manners that the JDK documents. */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk")
class MannersIT {
  private static ChannelLab lab;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> dup;
  private static Map<String, Facts> redial;

  @BeforeAll
  static void open() throws Exception {
    lab = new ChannelLab();
    List<Map<String, Facts>> runs =
        Side.bySide(
            List.of(
                () -> facts(lab.plain(), "plain"),
                () -> facts(lab.agent("delay=100ms,history=off,adoption=dup"), "agent"),
                () -> facts(lab.agent("delay=100ms,history=off,adoption=redial"), "agent")));
    plain = runs.get(0);
    dup = runs.get(1);
    redial = runs.get(2);
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> adoptionDup() {
    return tests(dup);
  }

  @TestFactory
  Stream<DynamicTest> adoptionRedial() {
    return tests(redial);
  }

  /** Checks that the cases demand what the JDK does by itself. */
  @TestFactory
  Stream<DynamicTest> withoutTheAgent() {
    return tests(plain);
  }

  @Test
  void oneThreadServesAll() {
    assertEquals("[he-agent-loop]", dup.get("end").get("threads"));
    assertEquals("[he-agent-loop]", redial.get("end").get("threads"));
  }

  @Test
  void descriptorsAreBack() {
    assertEquals("back", dup.get("end").get("descriptors"));
    assertEquals("back", redial.get("end").get("descriptors"));
  }

  @Test
  void staleKeyGetsNoEventOfTheNextChannelWithItsNumber() {
    for (Map<String, Facts> run : List.of(dup, redial)) {
      List<Facts> cases =
          run.values().stream().filter(f -> f.name().startsWith("number used again")).toList();
      assertEquals(2, cases.size());
      cases.forEach(facts -> assertEquals("ok", facts.get("result"), facts::toString));
    }
  }

  private static Stream<DynamicTest> tests(Map<String, Facts> seen) {
    return seen.values().stream()
        .map(facts -> dynamicTest(facts.name(), () -> assertEquals("ok", facts.get("result"))));
  }

  private static Map<String, Facts> facts(ForkedJvm jvm, String how) throws Exception {
    return Side.facts(
        jvm.flags("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"),
        MannersProbe.class,
        lab.port(),
        how);
  }
}
