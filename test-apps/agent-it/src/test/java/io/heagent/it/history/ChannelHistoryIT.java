package io.heagent.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelPath;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Service;
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
 * The cases of {@link HistoryIT} for connects that do not block; with redial in the long form only:
 * {@code -Dheagent.nightly=true}, because the agent's {@code ChannelRaceHistoryTest} shows it dial
 * by dial.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("soak")
@Tag("one-jdk")
class ChannelHistoryIT {
  private static final String DEAD = AgentLab.DEAD.get(0);
  private static final String GOOD = Service.TALK.address();

  private static AgentLab lab;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.talk();
    for (ChannelPath path : ChannelPath.values()) {
      lab.with(RepeatedPaths.host(path, true), DEAD, GOOD);
      lab.with(RepeatedPaths.host(path, false), DEAD, GOOD);
    }
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> onlyTheFirstConnectDialsTheDeadAddress() throws Exception {
    int connects = 6;
    ForkedJvm.Outcome outcome = repeat(connects, "");
    Map<String, Facts> seen = Facts.parse(outcome.stdout());
    return forAll(
        (path, name) -> {
          Races races = Races.of(outcome).to(name);
          assertEquals(List.of(DEAD, GOOD), races.tried(0));
          assertEquals(1, races.count(), races::toString);
          assertServed(outcome, name, connects);
          for (int i = 2; path.kind() != ChannelPath.Kind.ASYNC && i <= connects; i++) {
            // Already while it is pending the channel tells whom it is being connected to.
            Facts facts = seen.get(name + " " + i);
            assertEquals(name + "/" + GOOD + ":" + lab.port(), facts.get("pending"));
            assertEquals("false", facts.get("connect"));
          }
        });
  }

  /**
   * Only the first connect dials the good address twice, because it has raced for it. All others go
   * straight to it on the program's own socket, so a server sees one connection for each.
   */
  @TestFactory
  Stream<DynamicTest> redialledTheDeadAddressIsLeftOutToo() throws Exception {
    assumeTrue(Boolean.getBoolean("heagent.nightly"), "in the long form only");
    int connects = 3;
    int before = lab.accepted();
    ForkedJvm.Outcome outcome = repeat(connects, ",adoption=redial");
    int names = 2 * ChannelPath.values().length;
    assertEquals(names * (connects + 1), lab.accepted() - before);
    return forAll(
        (path, name) -> {
          Races races = Races.of(outcome).to(name);
          assertEquals(1, races.count(), races::toString);
          assertEquals(List.of(DEAD, GOOD), races.tried(0));
          assertServed(outcome, name, connects);
        });
  }

  private interface Check {
    void of(ChannelPath path, String name) throws Exception;
  }

  private static Stream<DynamicTest> forAll(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (ChannelPath path : ChannelPath.values()) {
      for (boolean resolved : new boolean[] {true, false}) {
        String name = RepeatedPaths.host(path, resolved);
        tests.add(dynamicTest(name, () -> check.of(path, name)));
      }
    }
    return tests.stream();
  }

  private static void assertServed(ForkedJvm.Outcome outcome, String name, int connects) {
    Map<String, Facts> facts = Facts.parse(outcome.stdout());
    for (int i = 1; i <= connects; i++) {
      Facts seen = facts.get(name + " " + i);
      assertEquals(GOOD, seen.get("served"), seen::toString);
      assertEquals(GOOD, seen.get("remote"), seen::toString);
      assertEquals(name, seen.get("name"), seen::toString);
      assertEquals("pingpong", seen.get("echo"), seen::toString);
      assertEquals(seen.get("client"), seen.get("local"), seen::toString);
    }
  }

  private static ForkedJvm.Outcome repeat(int connects, String more) throws Exception {
    ForkedJvm.Outcome outcome =
        lab.agent("delay=100ms,log=debug" + more)
            .run(RepeatedPaths.class, Integer.toString(lab.port()), Integer.toString(connects));
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    return outcome;
  }
}
