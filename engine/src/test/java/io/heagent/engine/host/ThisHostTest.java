package io.heagent.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this very host says, whichever routes and addresses it has. */
@Tag("socket")
class ThisHostTest {

  private final SystemRoutes routes = new SystemRoutes();

  @Test
  void monitorAddsUpTheAddressesThatReachOtherNetworks() throws IOException {
    int expected =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .mapToInt(address -> address.hashCode() * 31)
            .sum();
    NetworkChangeMonitor monitor = new NetworkChangeMonitor("look", () -> {}, (t, e) -> {});
    assertEquals(expected, monitor.addresses());
  }

  /** Nobody has a route to the last of them by a socket; a default route counts all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "192.0.2.1", "255.255.255.255"})
  void ipv4AddressIsRoutedByTheTableOrByASocket(String text) throws IOException {
    Path table = Path.of("/proc/net/route");
    boolean byTable =
        Files.isReadable(table) && SystemRoutes.hasIpv4DefaultRoute(Files.readString(table));
    assertEquals(byTable || isReached(text), routes.isRouted(InetAddress.getByName(text)));
  }

  /** The table is that of IPv4 routes. */
  @ParameterizedTest
  @ValueSource(strings = {"::1", "2001:db8::1", "64:ff9b::1"})
  void ipv6AddressIsRoutedIfASocketReachesIt(String text) throws IOException {
    assertEquals(isReached(text), routes.isRouted(InetAddress.getByName(text)));
  }

  private static boolean isReached(String text) throws IOException {
    return new SourceAddresses().apply(InetAddress.getByName(text)) != null;
  }

  @Test
  void clockIsTheJvms() {
    long before = System.nanoTime();
    long now = routes.now();
    assertTrue(now - before >= 0 && System.nanoTime() - now >= 0);
  }
}
