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
import io.heagent.it.transports.NettyClient.Outcome;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.RedisAnswers;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Unmodified clients on Netty's epoll transport. With the agent their timeouts are far longer than
 * their JVMs may live, but for a host that is all dead: walking a list does not save them.
 */
@Tag("jvm")
@Tag("every-jdk")
class NettyClientsIT {
  private static final int SHORT = 2_000;
  private static final int LONG = 600_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final List<String> DEAD = AgentLab.DEAD;
  private static final String REFUSED = AgentLab.REFUSED.get(0);
  private static final String GOOD = NettyClient.GOOD;

  private static final Map<Scenario, List<String>> HOSTS =
      Map.of(
          Scenario.GOOD_FIRST, List.of(GOOD, REFUSED),
          Scenario.DEAD_FIRST, List.of(DEAD.get(0), GOOD),
          Scenario.REFUSED_FIRST, List.of(REFUSED, GOOD),
          Scenario.DEAD_REFUSED_GOOD, List.of(DEAD.get(0), REFUSED, GOOD),
          Scenario.ALL_DEAD, DEAD);

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();
  private static final Map<NettyClient, Integer> PORTS = new EnumMap<>(NettyClient.class);
  private static HostsFile hosts;
  private static TlsMaterial tls;
  private static Map<NettyClient, Map<Scenario, Outcome>> agent;
  private static Map<NettyClient, Map<Scenario, Outcome>> plain;

  @BeforeAll
  static void callAll() throws Exception {
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    Map<String, List<String>> names = new LinkedHashMap<>();
    HOSTS.forEach((scenario, addresses) -> names.put(NettyClient.host(scenario), addresses));
    hosts = keep(HostsFile.of(names));
    tls = keep(TlsMaterial.forHost("*." + NettyClient.DOMAIN));
    for (NettyClient client : NettyClient.values()) {
      int port = FreePort.on(DEAD.get(0), DEAD.get(1), REFUSED, GOOD);
      PORTS.put(client, port);
      for (String dead : DEAD) {
        keep(BlackHole.on(dead, port));
      }
      serve(client, port);
    }
    agent = callAll("history=off", LONG);
    plain = callAll(null, SHORT);
  }

  private static void serve(NettyClient client, int port) throws IOException {
    switch (client) {
      case REACTOR_NETTY, VERTX, VERTX_OWN_RESOLVER -> keep(HttpOrigin.http(GOOD, port));
      case REACTOR_NETTY_TLS -> keep(HttpOrigin.https(GOOD, port, tls.serverContext()));
      case LETTUCE -> keep(RedisAnswers.on(GOOD, port));
      case GRPC_NETTY_SHADED -> {
        // Its program brings the server along.
      }
    }
  }

  @AfterAll
  static void close() throws IOException {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }

  /** Side by side, as each of them mostly waits; those without the agent after those with it. */
  private static Map<NettyClient, Map<Scenario, Outcome>> callAll(String settings, int timeout)
      throws Exception {
    Map<Scenario, Integer> timeouts = new EnumMap<>(Scenario.class);
    // The first loads all that a client needs.
    timeouts.put(Scenario.GOOD_FIRST, LONG);
    timeouts.put(Scenario.REFUSED_FIRST, LONG);
    timeouts.put(Scenario.DEAD_FIRST, timeout);
    timeouts.put(Scenario.DEAD_REFUSED_GOOD, timeout);
    timeouts.put(Scenario.ALL_DEAD, SHORT);
    List<Callable<Map<Scenario, Outcome>>> runs = new ArrayList<>();
    for (NettyClient client : NettyClient.values()) {
      ForkedJvm jvm = client.jvm().flags(hosts.flag()).flags(tls.trustFlags()).limit(LIMIT);
      if (settings != null) {
        jvm.agent(AgentLab.JAR, settings);
      }
      runs.add(() -> client.call(jvm, PORTS.get(client), timeouts));
    }
    Iterator<Map<Scenario, Outcome>> outcomes = Side.bySide(runs).iterator();
    Map<NettyClient, Map<Scenario, Outcome>> all = new EnumMap<>(NettyClient.class);
    for (NettyClient client : NettyClient.values()) {
      all.put(client, outcomes.next());
      System.out.println(client + ", " + settings + ": " + all.get(client));
    }
    return all;
  }

  private static void assertReached(NettyClient client, Outcome seen) {
    assertEquals(client.answer(), seen.text().strip(), seen::toString);
  }

  private static void assertFailed(Outcome seen) {
    assertFalse(seen.ok(), seen::toString);
  }

  @ParameterizedTest
  @EnumSource
  void withTheAgentTheAddressThatAnswersIsReached(NettyClient client) {
    Map<Scenario, Outcome> seen = agent.get(client);
    assertAll(
        () -> assertReached(client, seen.get(Scenario.GOOD_FIRST)),
        () -> assertReached(client, seen.get(Scenario.DEAD_FIRST)),
        () -> assertReached(client, seen.get(Scenario.REFUSED_FIRST)),
        () -> assertReached(client, seen.get(Scenario.DEAD_REFUSED_GOOD)),
        () -> assertFailed(seen.get(Scenario.ALL_DEAD)));
  }

  /** None of the clients gets past a dead address before its own timeout. */
  @ParameterizedTest
  @EnumSource
  void withoutTheAgentADeadAddressCostsTheTimeout(NettyClient client) {
    Map<Scenario, Outcome> seen = plain.get(client);
    assertAll(
        () -> assertReached(client, seen.get(Scenario.GOOD_FIRST)),
        () -> assertWaited(seen.get(Scenario.DEAD_FIRST)),
        () -> assertWaited(seen.get(Scenario.DEAD_REFUSED_GOOD)),
        () -> assertEquals(client.walks(), seen.get(Scenario.REFUSED_FIRST).ok()),
        () -> assertFailed(seen.get(Scenario.ALL_DEAD)));
  }

  @ParameterizedTest
  @EnumSource
  void whereAllIsDeadTheFailureIsTheClientsOwn(NettyClient client) {
    assertEquals(
        withoutTimes(plain.get(client).get(Scenario.ALL_DEAD)),
        withoutTimes(agent.get(client).get(Scenario.ALL_DEAD)));
  }

  /** gRPC tells how long each step took. */
  private static String withoutTimes(Outcome seen) {
    return seen.text().replaceAll("[0-9.]+(ns|s| seconds)", "T");
  }

  private static void assertWaited(Outcome seen) {
    assertTrue(seen.millis() >= SHORT, seen::toString);
  }
}
