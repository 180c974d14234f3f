package io.heagent.it.transports;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyJars;
import io.heagent.it.transports.ClientRun.Outcome;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unmodified clients on Netty's epoll transport, each without and with TLS. With the agent their
 * timeouts are far longer than their JVMs may live, but for a host that is all dead: walking a list
 * does not save them. The table that it prints is that of docs/clients.md, on whatever JDK.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
@Tag("every-jdk-nightly")
class NettyClientsIT {
  private static final String EPOLL = "epoll";

  /** The first loads all that a client needs. */
  private static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.GOOD_FIRST,
          Scenario.DEAD_FIRST,
          Scenario.REFUSED_FIRST,
          Scenario.DEAD_REFUSED_GOOD,
          Scenario.ALL_DEAD);

  private static ClientLab lab;
  private static Map<NettyClient, ClientRun> agent;
  private static Map<NettyClient, ClientRun> plain;
  private static ClientTable table;

  @BeforeAll
  static void callAll() throws Exception {
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    lab = ClientLab.open();
    agent = callAll("history=off", ClientLab.LONG);
    plain = callAll(null, ClientLab.SHORT);
    table = new ClientTable(SCENARIOS);
    for (NettyClient client : NettyClient.values()) {
      for (boolean tls : new boolean[] {false, true}) {
        table.add(client.label(), tls, plain.get(client).outcomes(), agent.get(client).outcomes());
      }
    }
    System.out.println(table);
  }

  @AfterAll
  static void close() throws IOException {
    if (lab != null) {
      lab.close();
    }
  }

  /** Side by side, as each of them mostly waits; those without the agent after those with it. */
  private static Map<NettyClient, ClientRun> callAll(String settings, int timeout)
      throws Exception {
    Map<Call, Integer> timeouts = new LinkedHashMap<>();
    for (boolean tls : new boolean[] {false, true}) {
      for (Scenario scenario : SCENARIOS) {
        timeouts.put(new Call(scenario, tls), timeout(scenario, timeout));
      }
    }
    List<Callable<ClientRun>> runs = new ArrayList<>();
    for (NettyClient client : NettyClient.values()) {
      ForkedJvm jvm = client.jvm();
      if (settings != null) {
        jvm.agent(AgentLab.JAR, settings);
      }
      runs.add(() -> lab.call(client, jvm, timeouts));
    }
    Iterator<ClientRun> outcomes = Side.bySide(runs).iterator();
    Map<NettyClient, ClientRun> all = new EnumMap<>(NettyClient.class);
    for (NettyClient client : NettyClient.values()) {
      all.put(client, outcomes.next());
    }
    return all;
  }

  private static int timeout(Scenario scenario, int where) {
    return switch (scenario) {
      case GOOD_FIRST, REFUSED_FIRST -> ClientLab.LONG;
      case ALL_DEAD -> ClientLab.SHORT;
      default -> where;
    };
  }

  private static Stream<Arguments> rows() {
    return Stream.of(NettyClient.values())
        .flatMap(client -> Stream.of(false, true).map(overTls -> Arguments.of(client, overTls)));
  }

  private static Outcome get(
      Map<NettyClient, ClientRun> runs, NettyClient client, Scenario scenario, boolean overTls) {
    return runs.get(client).outcomes().get(new Call(scenario, overTls));
  }

  private static void assertReached(NettyClient client, boolean overTls, Outcome seen) {
    assertEquals(
        client.answer(EPOLL, overTls), seen.text().toLowerCase(Locale.ROOT), seen::toString);
  }

  private static void assertFailed(Outcome seen) {
    assertFalse(seen.ok(), seen::toString);
  }

  @ParameterizedTest(name = "{0}, over TLS: {1}")
  @MethodSource("rows")
  void withTheAgentTheAddressThatAnswersIsReached(NettyClient client, boolean overTls) {
    assertAll(
        SCENARIOS.stream()
            .map(
                scenario ->
                    () -> {
                      Outcome seen = get(agent, client, scenario, overTls);
                      if (scenario == Scenario.ALL_DEAD) {
                        assertFailed(seen);
                        assertWaited(seen);
                      } else {
                        assertReached(client, overTls, seen);
                      }
                    }));
  }

  /** None of the clients gets past a dead address before its own timeout. */
  @ParameterizedTest(name = "{0}, over TLS: {1}")
  @MethodSource("rows")
  void withoutTheAgentADeadAddressCostsTheTimeout(NettyClient client, boolean overTls) {
    assertAll(
        () -> assertReached(client, overTls, get(plain, client, Scenario.GOOD_FIRST, overTls)),
        () -> assertWaited(get(plain, client, Scenario.DEAD_FIRST, overTls)),
        () -> assertWaited(get(plain, client, Scenario.DEAD_REFUSED_GOOD, overTls)),
        () ->
            assertEquals(client.walks(), get(plain, client, Scenario.REFUSED_FIRST, overTls).ok()),
        () -> assertFailed(get(plain, client, Scenario.ALL_DEAD, overTls)),
        () -> assertWaited(get(plain, client, Scenario.ALL_DEAD, overTls)));
  }

  @ParameterizedTest(name = "{0}, over TLS: {1}")
  @MethodSource("rows")
  void whereAllIsDeadTheFailureIsTheClientsOwn(NettyClient client, boolean overTls) {
    assertEquals(
        withoutTimes(get(plain, client, Scenario.ALL_DEAD, overTls)),
        withoutTimes(get(agent, client, Scenario.ALL_DEAD, overTls)));
  }

  /** Each cell, with the versions that were run; only how long the calls took differs. */
  @Test
  void theTableOfTheDocumentIsWhatWasSeen() throws IOException {
    assertEquals(String.join("\n", table.documented()), String.join("\n", table.withoutTimes()));
  }

  @ParameterizedTest
  @EnumSource
  void theAgentSaysNothing(NettyClient client) {
    assertEquals(List.of(), agent.get(client).said());
  }

  /** gRPC tells how long each step took. */
  private static String withoutTimes(Outcome seen) {
    return seen.text().replaceAll("[0-9.]+(ns|s| seconds)", "T");
  }

  private static void assertWaited(Outcome seen) {
    assertTrue(seen.millis() >= ClientLab.SHORT, seen::toString);
  }
}
