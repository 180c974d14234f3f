package io.heagent.it.transports;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.NameServiceFiles;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyJars;
import io.heagent.it.transports.ClientLab.Protocol;
import io.heagent.it.transports.ClientRun.Outcome;
import io.heagent.testkit.DnsServer;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.RedisAnswers;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.Loopback;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Clients that resolve names as they do by default, by Netty's own resolver, and a real DNS server.
 * The JVM knows the names from the same server, and so does the agent.
 */
@Tag("netns")
@Tag("beside-others")
@Tag("one-jdk")
class OwnResolversIT {
  private static final List<NettyClient> CLIENTS =
      List.of(
          NettyClient.REACTOR_NETTY_12,
          NettyClient.REACTOR_NETTY_13,
          NettyClient.LETTUCE,
          NettyClient.VERTX_OWN_RESOLVER);

  private static final Call FIRST = new Call(Scenario.GOOD_FIRST, false);
  private static final Call DEAD = new Call(Scenario.DEAD_FIRST, false);
  private static final Call REFUSED = new Call(Scenario.REFUSED_FIRST, false);
  private static final Call DEAD_REFUSED = new Call(Scenario.DEAD_REFUSED_GOOD, false);

  /** Not where another test of this namespace has its server. */
  private static final String SERVER = "127.0.0.3";

  private static final InetAddress GOOD = NetworkNamespace.GOOD.ipv6();

  /** The JDK and Netty both give IPv4 addresses first, which is why the good one is of IPv6. */
  private static final Map<Scenario, List<InetAddress>> HOSTS =
      Map.of(
          Scenario.GOOD_FIRST,
          List.of(GOOD),
          Scenario.DEAD_FIRST,
          List.of(NetworkNamespace.DROPPED.ipv4(), GOOD),
          Scenario.REFUSED_FIRST,
          List.of(NetworkNamespace.RESET.ipv4(), GOOD),
          Scenario.DEAD_REFUSED_GOOD,
          List.of(NetworkNamespace.DROPPED.ipv4(), NetworkNamespace.RESET.ipv4(), GOOD));

  private static TempDirectory directory;
  private static DnsServer dns;
  private static HttpOrigin http;
  private static RedisAnswers redis;
  private static Map<NettyClient, ClientRun> agent;
  private static Map<NettyClient, ClientRun> plain;

  @BeforeAll
  static void callAll() throws Exception {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    directory = TempDirectory.create("resolvers");
    Files.writeString(directory.path().resolve("resolv.conf"), "nameserver " + SERVER + "\n");
    Files.writeString(directory.path().resolve("nsswitch.conf"), "hosts: files dns\n");
    Map<String, List<InetAddress>> zone = new HashMap<>();
    HOSTS.forEach((scenario, addresses) -> zone.put(Call.host(scenario), addresses));
    dns = new DnsServer(Loopback.address(SERVER), 53, zone);
    http = HttpOrigin.http("::", 0);
    redis = RedisAnswers.on("::", 0);
    agent = callAll("history=off", ClientLab.LONG);
    plain = callAll(null, ClientLab.SHORT);
  }

  @AfterAll
  static void close() throws IOException {
    if (directory != null) {
      redis.close();
      http.close();
      dns.close();
      directory.close();
    }
  }

  /** Side by side, as each of them mostly waits; those without the agent after those with it. */
  private static Map<NettyClient, ClientRun> callAll(String settings, int timeout)
      throws Exception {
    List<Callable<ClientRun>> runs = new ArrayList<>();
    for (NettyClient client : CLIENTS) {
      runs.add(() -> call(client, settings, timeout));
    }
    Iterator<ClientRun> outcomes = Side.bySide(runs).iterator();
    Map<NettyClient, ClientRun> all = new EnumMap<>(NettyClient.class);
    CLIENTS.forEach(client -> all.put(client, outcomes.next()));
    return all;
  }

  /** In a mount namespace of its own, where the system asks the server of this test for names. */
  private static ClientRun call(NettyClient client, String settings, int timeout) throws Exception {
    ForkedJvm jvm =
        client
            .jvm()
            .under(NameServiceFiles.from(directory.path()))
            .flags("-Down.resolver=true")
            .limit(Duration.ofMinutes(2));
    if (settings != null) {
      jvm.agent(AgentLab.JAR, settings);
    }
    int port = client.protocol() == Protocol.REDIS ? redis.port() : http.port();
    Map<Call, Integer> timeouts = new LinkedHashMap<>();
    for (Call call : List.of(FIRST, DEAD, REFUSED, DEAD_REFUSED)) {
      timeouts.put(call, timeout);
    }
    return ClientRun.of(jvm, client.program(), call -> port, timeouts);
  }

  /** Their timeouts are longer than their JVMs may live. */
  @ParameterizedTest
  @FieldSource("CLIENTS")
  void withTheAgentTheAddressThatAnswersIsReached(NettyClient client) {
    ClientRun run = agent.get(client);
    run.outcomes().forEach((call, seen) -> assertReached(client, seen));
    assertEquals(List.of(), run.said());
  }

  /**
   * Netty's resolver answers as soon as it has IPv4 addresses, so that none of the clients learns
   * of the good address; not even Reactor Netty, which else tries one address after the other.
   */
  @ParameterizedTest
  @FieldSource("CLIENTS")
  void withoutTheAgentTheGoodAddressIsNeverTried(NettyClient client) {
    Map<Call, Outcome> seen = plain.get(client).outcomes();
    assertAll(
        () -> assertReached(client, seen.get(FIRST)),
        () -> assertFailed(seen.get(DEAD), "ConnectTimeoutException"),
        () -> assertFailed(seen.get(REFUSED), "AnnotatedConnectException"));
    // The order of the two IPv4 addresses is the resolver's.
    assertFalse(seen.get(DEAD_REFUSED).ok(), seen::toString);
  }

  private static void assertReached(NettyClient client, Outcome seen) {
    assertEquals(
        client.answer("epoll", false, GOOD.getHostAddress()),
        seen.text().toLowerCase(Locale.ROOT),
        seen::toString);
  }

  private static void assertFailed(Outcome seen, String how) {
    assertFalse(seen.ok(), seen::toString);
    assertTrue(seen.text().contains(how), seen::toString);
  }
}
