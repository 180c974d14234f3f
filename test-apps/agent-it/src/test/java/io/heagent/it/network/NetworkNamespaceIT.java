package io.heagent.it.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.testkit.BannerServer;
import io.heagent.testkit.net.Loopback;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The namespace's hosts behave as their names say: what a plain JDK sees of each. */
@Tag("netns")
@Tag("one-jdk")
@Timeout(60)
class NetworkNamespaceIT {
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

  @ParameterizedTest
  @EnumSource(names = {"GOOD", "SECOND_GOOD"})
  void goodHostsAnswer(NetworkNamespace host) throws IOException {
    for (InetAddress address : host.both()) {
      assertEquals("served by " + address.getHostAddress(), banner(address));
    }
  }

  @ParameterizedTest
  @MethodSource
  void slowHostsAnswerLate(NetworkNamespace host, long atLeastMillis) throws IOException {
    for (InetAddress address : host.both()) {
      long start = System.nanoTime();
      assertEquals("served by " + address.getHostAddress(), banner(address));
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis >= atLeastMillis, () -> address + " after " + millis + " ms");
    }
  }

  static Stream<Arguments> slowHostsAnswerLate() {
    return Stream.of(
        Arguments.of(NetworkNamespace.SLOW_25_MS, 25L),
        Arguments.of(NetworkNamespace.SLOW_100_MS, 100L),
        Arguments.of(NetworkNamespace.SLOW_400_MS, 400L),
        Arguments.of(NetworkNamespace.LOSES_FIRST_SYN, 900L));
  }

  @ParameterizedTest
  @MethodSource
  void badHostsFail(InetAddress address, Class<? extends IOException> expected) {
    assertEquals(expected, failure(address).getClass(), address::toString);
  }

  static Stream<Arguments> badHostsFail() {
    return Stream.of(
        Arguments.of(NetworkNamespace.DROPPED.ipv4(), SocketTimeoutException.class),
        Arguments.of(NetworkNamespace.DROPPED.ipv6(), SocketTimeoutException.class),
        Arguments.of(NetworkNamespace.HOST_UNREACHABLE.ipv4(), NoRouteToHostException.class),
        Arguments.of(NetworkNamespace.HOST_UNREACHABLE.ipv6(), NoRouteToHostException.class),
        Arguments.of(NetworkNamespace.NET_UNREACHABLE.ipv4(), SocketException.class),
        Arguments.of(NetworkNamespace.NET_UNREACHABLE.ipv6(), SocketException.class),
        Arguments.of(NetworkNamespace.PROHIBITED.ipv4(), NoRouteToHostException.class),
        Arguments.of(NetworkNamespace.PROHIBITED.ipv6(), BindException.class),
        Arguments.of(NetworkNamespace.PORT_UNREACHABLE.ipv4(), ConnectException.class),
        Arguments.of(NetworkNamespace.PORT_UNREACHABLE.ipv6(), ConnectException.class),
        Arguments.of(NetworkNamespace.RESET.ipv4(), ConnectException.class),
        Arguments.of(NetworkNamespace.RESET.ipv6(), ConnectException.class),
        Arguments.of(Loopback.address("10.99.1.1"), NoRouteToHostException.class),
        Arguments.of(Loopback.address("2001:db8:91::1"), NoRouteToHostException.class),
        Arguments.of(Loopback.address("10.50.0.1"), SocketException.class),
        Arguments.of(Loopback.address("2001:db8:50::1"), SocketException.class));
  }

  private String banner(InetAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, server.port()), 20_000);
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private IOException failure(InetAddress address) {
    // Long enough for an ICMP error that only counts at the second SYN, one second later.
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, server.port()), 4_000);
      throw new AssertionError(address + " answered");
    } catch (IOException e) {
      return e;
    }
  }
}
