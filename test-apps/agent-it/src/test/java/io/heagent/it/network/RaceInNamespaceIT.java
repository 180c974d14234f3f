package io.heagent.it.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.examples.jdk.PlainSocketClient;
import io.heagent.examples.jdk.SelectorClient;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import io.heagent.testkit.net.Loopback;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real networks' ways to fail: unmodified clients with the agent reach the address that works,
 * whatever the first one does. The namespace's IPv4 addresses are private and its IPv6 ones public,
 * so that siblings are IPv6 here.
 */
@Tag("netns")
@Tag("beside-others")
@Timeout(120)
class RaceInNamespaceIT {
  static final Path AGENT =
      Path.of(System.getProperty("heagent.jar", "../../agent/target/he-agent.jar"))
          .toAbsolutePath();

  private BannerServer server;

  @BeforeEach
  void needsNamespace() throws IOException {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    server = BannerServer.plain("::", 0);
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** What the JDK is told of as an error, and makes an exception of. */
  static Stream<Arguments> refusals() {
    InetAddress good = NetworkNamespace.GOOD.ipv6();
    return Stream.of(
        // Routers that say no: any IOException of an attempt is that attempt's failure only.
        race("", good, NetworkNamespace.HOST_UNREACHABLE.ipv4(), good),
        race("", good, NetworkNamespace.NET_UNREACHABLE.ipv6(), good),
        race("", good, NetworkNamespace.PROHIBITED.ipv6(), good),
        race("", good, NetworkNamespace.PORT_UNREACHABLE.ipv4(), good),
        race("", good, NetworkNamespace.RESET.ipv6(), good),
        // No route at all: the system says no without a packet.
        race("", good, Loopback.address("2001:db8:50::1"), good));
  }

  /** What only the agent's clock is told of. */
  static Stream<Arguments> waits() {
    InetAddress good = NetworkNamespace.GOOD.ipv6();
    InetAddress slow = NetworkNamespace.SLOW_100_MS.ipv4();
    InetAddress slower = NetworkNamespace.SLOW_400_MS.ipv4();
    return Stream.of(
        // The first address is good, and nothing else is used.
        race("", NetworkNamespace.GOOD.ipv4(), NetworkNamespace.GOOD.ipv4(), good),
        // The first address is silent; the good one is of the other family, or of the same.
        race("", good, NetworkNamespace.DROPPED.ipv4(), good),
        race("", good, NetworkNamespace.DROPPED.ipv6(), good),
        // Slower than others but within the delay, on a busy machine too: the choice stands.
        race("delay=2s", slow, slow, good),
        // Slower than the delay and another's whole handshake: overtaken.
        race("delay=100ms", good, slower, good),
        // The delay ends no attempt (Node's mistake): the slow one wins over a dead one.
        race("", slower, slower, NetworkNamespace.DROPPED.ipv6()));
  }

  private static Arguments race(String settings, InetAddress expected, InetAddress... addresses) {
    return Arguments.of(settings, expected, List.of(addresses));
  }

  @ParameterizedTest
  @ValueSource(classes = {PlainSocketClient.class, SelectorClient.class})
  @Tag("one-jdk")
  void publicAddressNeverLeadsToPrivateSibling(Class<?> client) throws Exception {
    ForkedJvm.Outcome outcome =
        run(client, "scope=strict", NetworkNamespace.RESET.ipv6(), NetworkNamespace.GOOD.ipv4());
    assertTrue(
        outcome.stdout().contains("ConnectException: Connection refused"), outcome::toString);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void blockingConnectReaches(String settings, InetAddress expected, List<InetAddress> addresses)
      throws Exception {
    assertReaches(PlainSocketClient.class, settings, expected, addresses);
  }

  @ParameterizedTest
  @MethodSource("waits")
  @Tag("one-jdk")
  void blockingConnectWaits(String settings, InetAddress expected, List<InetAddress> addresses)
      throws Exception {
    assertReaches(PlainSocketClient.class, settings, expected, addresses);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void selectorConnectReaches(String settings, InetAddress expected, List<InetAddress> addresses)
      throws Exception {
    assertReaches(SelectorClient.class, settings, expected, addresses);
  }

  @ParameterizedTest
  @MethodSource("waits")
  @Tag("one-jdk")
  void selectorConnectWaits(String settings, InetAddress expected, List<InetAddress> addresses)
      throws Exception {
    assertReaches(SelectorClient.class, settings, expected, addresses);
  }

  private void assertReaches(
      Class<?> client, String settings, InetAddress expected, List<InetAddress> addresses)
      throws Exception {
    ForkedJvm.Outcome outcome = run(client, settings, addresses.toArray(new InetAddress[0]));
    String seen = "served by " + expected.getHostAddress();
    assertEquals("", outcome.stderr());
    assertTrue(outcome.stdout().contains(seen), () -> seen + " expected of " + outcome);
  }

  private ForkedJvm.Outcome run(Class<?> client, String settings, InetAddress... addresses)
      throws Exception {
    String[] texts = Stream.of(addresses).map(InetAddress::getHostAddress).toArray(String[]::new);
    try (HostsFile hosts = HostsFile.of("name.test", texts)) {
      return ForkedJvm.onThisJdk()
          // The order of the hosts file, as a system with IPv6 gives it.
          .flags(hosts.flag(), "-Djava.net.preferIPv6Addresses=system")
          .agent(AGENT, settings)
          .run(client, "name.test", Integer.toString(server.port()), "10000");
    }
  }
}
