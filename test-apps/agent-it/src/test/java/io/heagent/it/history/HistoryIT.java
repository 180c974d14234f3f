package io.heagent.it.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.blocking.BlockingWay;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Threads;
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

/**
 * The first connect to a name with a dead first address waits for the delay; later ones do not
 * wait.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class HistoryIT {
  private static final int CONNECTS = 20;
  private static final String DEAD = AgentLab.DEAD.get(0);
  private static final String GOOD = Service.TALK.address();

  private static AgentLab lab;
  private static ForkedJvm.Outcome changes;

  @BeforeAll
  static void open() throws Exception {
    lab = AgentLab.talk();
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : RepeatProbe.WAYS) {
        lab.with(RepeatProbe.host(threads, way), DEAD, GOOD);
      }
    }
    lab.with(ChangeProbe.DYING, ChangeProbe.DYING_HOSTS.toArray(String[]::new));
    lab.with(ChangeProbe.LEAVING, ChangeProbe.LEAVING_HOSTS.toArray(String[]::new));
    changes = lab.agent("delay=100ms,log=debug").run(ChangeProbe.class);
    assertEquals(0, changes.exitCode(), changes::stderr);
  }

  @AfterAll
  static void close() throws Exception {
    lab.close();
  }

  /**
   * Later connects dial the good address on the program's own descriptor and nothing else. That
   * makes them as quick as connects to a good address.
   */
  @TestFactory
  Stream<DynamicTest> onlyTheFirstConnectDialsTheDeadAddress() throws Exception {
    ForkedJvm.Outcome outcome = repeat(CONNECTS, "delay=100ms,log=debug");
    return forAll(
        (name) -> {
          Races races = Races.of(outcome).to(name);
          assertEquals(1, races.count(), races::toString);
          assertEquals(List.of(DEAD, GOOD), races.tried(0));
          assertServed(outcome, name, CONNECTS);
        });
  }

  /**
   * Only the first connect dials the good address twice, because it has raced for it. All others go
   * straight to it on the program's own socket, so a server sees one connection for each.
   */
  @TestFactory
  Stream<DynamicTest> redialledTheDeadAddressIsLeftOutToo() throws Exception {
    int connects = 4;
    int before = lab.accepted();
    ForkedJvm.Outcome outcome = repeat(connects, "delay=100ms,log=debug,adoption=redial");
    int names = Threads.possible().size() * RepeatProbe.WAYS.size();
    assertEquals(names * (connects + 1), lab.accepted() - before);
    return forAll(
        (name) -> {
          Races races = Races.of(outcome).to(name);
          assertEquals(1, races.count(), races::toString);
          assertEquals(List.of(DEAD, GOOD), races.tried(0));
          assertServed(outcome, name, connects);
        });
  }

  @TestFactory
  Stream<DynamicTest> switchedOffEachConnectPaysTheDelay() throws Exception {
    int connects = 3;
    ForkedJvm.Outcome outcome = repeat(connects, "delay=100ms,log=debug,history=off");
    return forAll(
        (name) -> {
          Races races = Races.of(outcome).to(name);
          assertEquals(connects, races.count(), races::toString);
          for (int i = 0; i < connects; i++) {
            assertEquals(List.of(DEAD, GOOD), races.tried(i));
          }
          assertServed(outcome, name, connects);
        });
  }

  /** Every address is still tried, none more than one place later than without history. */
  @Test
  void goodAddressDies() {
    Races races = Races.of(changes).to(ChangeProbe.DYING);
    String dead = ChangeProbe.DYING_HOSTS.get(0);
    String died = ChangeProbe.DYING_HOSTS.get(1);
    String good = ChangeProbe.DYING_HOSTS.get(2);
    assertEquals(List.of(dead, died), races.tried(0));
    assertEquals(List.of(died, dead, good), races.tried(1));
    assertEquals(2, races.count(), races::toString);
    List<String> peers = new ArrayList<>();
    Facts.parse(changes.stdout())
        .forEach((name, facts) -> peers.add(name.startsWith("dying") ? facts.get("peer") : null));
    peers.removeIf(peer -> peer == null);
    String name = ChangeProbe.DYING + "/";
    assertEquals(List.of(name + died, name + died, name + good, name + good), peers);
  }

  /**
   * The exception's type stays that of the requested address, because programs decide by it what
   * they try next.
   */
  @Test
  void failureIsOfTheTypeThatTheRequestedAddressGave() {
    String left = ChangeProbe.LEAVING_HOSTS.get(1);
    Facts failed = Facts.parse(changes.stdout()).get("leaving 3");
    assertEquals("java.net.SocketException", failed.get("error"));
    assertTrue(
        failed.get("message").startsWith("Network is unreachable: " + ChangeProbe.LEAVING),
        failed::toString);
    assertTrue(failed.get("message").contains("tried: " + left + " refused"), failed::toString);
    assertTrue(
        failed.get("suppressed").matches(".*ConnectException.* \\| .*SocketException.*"),
        failed::toString);
    assertEquals("none", failed.get("agent"));
  }

  private interface Check {
    void of(String name) throws Exception;
  }

  private static Stream<DynamicTest> forAll(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Threads threads : Threads.possible()) {
      for (BlockingWay way : RepeatProbe.WAYS) {
        String name = RepeatProbe.host(threads, way);
        tests.add(dynamicTest(name, () -> check.of(name)));
      }
    }
    return tests.stream();
  }

  private static void assertServed(ForkedJvm.Outcome outcome, String name, int connects) {
    Map<String, Facts> facts = Facts.parse(outcome.stdout());
    for (int i = 1; i <= connects; i++) {
      Facts seen = facts.get(name + " " + i);
      assertEquals(GOOD, seen.get("served"), seen::toString);
      assertEquals(name + "/" + GOOD + ":" + lab.port(), seen.get("remote"), seen::toString);
      assertEquals("ping", seen.get("echo"), seen::toString);
      assertEquals(name, seen.get("name"), seen::toString);
    }
  }

  private static ForkedJvm.Outcome repeat(int connects, String arguments) throws Exception {
    ForkedJvm.Outcome outcome =
        lab.agent(arguments)
            .run(RepeatProbe.class, Integer.toString(lab.port()), Integer.toString(connects));
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    return outcome;
  }
}
