package io.heagent.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.apps.PlainSocketClient;
import io.heagent.apps.SelectorClient;
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
@Tag("lab")
@Timeout(120)
class RaceInNamespaceIT {
  private static final Path AGENT =
      Path.of(System.getProperty("heagent.jar", "../agent/target/he-agent.jar")).toAbsolutePath();

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

  static Stream<Arguments> firstAddresses() {
    InetAddress good = NetworkNamespace.GOOD.ipv6();
    InetAddress slow = NetworkNamespace.SLOW_100_MS.ipv4();
    InetAddress slower = NetworkNamespace.SLOW_400_MS.ipv4();
    return Stream.of(
        // The first that is good is used, and nothing else.
        Arguments.of(List.of(NetworkNamespace.GOOD.ipv4(), good), NetworkNamespace.GOOD.ipv4()),
        // Silence, from the other family and from the same.
        Arguments.of(List.of(NetworkNamespace.DROPPED.ipv4(), good), good),
        Arguments.of(List.of(NetworkNamespace.DROPPED.ipv6(), good), good),
        // Routers that say no: any IOException of an attempt is that attempt's failure only.
        Arguments.of(List.of(NetworkNamespace.HOST_UNREACHABLE.ipv4(), good), good),
        Arguments.of(List.of(NetworkNamespace.NET_UNREACHABLE.ipv6(), good), good),
        Arguments.of(List.of(NetworkNamespace.PROHIBITED.ipv6(), good), good),
        Arguments.of(List.of(NetworkNamespace.PORT_UNREACHABLE.ipv4(), good), good),
        Arguments.of(List.of(NetworkNamespace.RESET.ipv6(), good), good),
        // No route at all: the system says no without a packet.
        Arguments.of(List.of(Loopback.address("2001:db8:50::1"), good), good),
        // Slower than others but within the delay: the program's choice stands.
        Arguments.of(List.of(slow, good), slow),
        // Slower than the delay and another's whole handshake: overtaken.
        Arguments.of(List.of(slower, good), good),
        // The delay ends no attempt (Node's mistake): the slow one wins over a dead one.
        Arguments.of(List.of(slower, NetworkNamespace.DROPPED.ipv6()), slower));
  }

  @ParameterizedTest
  @ValueSource(classes = {PlainSocketClient.class, SelectorClient.class})
  void publicAddressNeverLeadsToPrivateSibling(Class<?> client) throws Exception {
    ForkedJvm.Outcome outcome =
        run(client, NetworkNamespace.RESET.ipv6(), NetworkNamespace.GOOD.ipv4());
    assertTrue(
        outcome.stdout().contains("ConnectException: Connection refused"), outcome::toString);
  }

  @ParameterizedTest
  @MethodSource("firstAddresses")
  void blockingConnectReaches(List<InetAddress> addresses, InetAddress expected) throws Exception {
    assertReaches(PlainSocketClient.class, addresses, expected);
  }

  @ParameterizedTest
  @MethodSource("firstAddresses")
  void selectorConnectReaches(List<InetAddress> addresses, InetAddress expected) throws Exception {
    assertReaches(SelectorClient.class, addresses, expected);
  }

  private void assertReaches(Class<?> client, List<InetAddress> addresses, InetAddress expected)
      throws Exception {
    ForkedJvm.Outcome outcome = run(client, addresses.toArray(new InetAddress[0]));
    String seen = "served by " + expected.getHostAddress();
    assertEquals("", outcome.stderr());
    assertTrue(outcome.stdout().contains(seen), () -> seen + " expected of " + outcome);
  }

  private ForkedJvm.Outcome run(Class<?> client, InetAddress... addresses) throws Exception {
    String[] texts = Stream.of(addresses).map(InetAddress::getHostAddress).toArray(String[]::new);
    try (HostsFile hosts = HostsFile.of("name.test", texts)) {
      return ForkedJvm.onThisJdk()
          // The order of the hosts file, as a system with IPv6 gives it.
          .flags(hosts.flag(), "-Djava.net.preferIPv6Addresses=system")
          .agent(AGENT, "")
          .run(client, "name.test", Integer.toString(server.port()), "10000");
    }
  }
}
