package io.heagent.agent.connect.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.connect.fake.Ip;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectedPeersTest {

  private final ConnectedPeers peers = new ConnectedPeers();

  @Test
  void onlyTheObjectThatWasGivenOutIsMeant() {
    InetAddress dialled = Ip.of("192.0.2.1");
    InetAddress given = peers.mark(dialled, "host.example");
    assertNotSame(dialled, given);
    assertEquals(dialled, given);
    assertTrue(peers.contains(given));
    // The JDK's own objects are shared with its look-up cache: the program may pass them again.
    assertFalse(peers.contains(dialled));
    assertFalse(peers.contains(Ip.of("192.0.2.1")));
  }

  /**
   * If the address were looked up in reverse, TLS would check another name, and there would be one
   * more look-up.
   */
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
  void theNameIsKept(String address) {
    InetAddress given = peers.mark(Ip.of(address), "host.example");
    assertEquals("host.example", given.getHostName());
    assertEquals("host.example/" + Ip.of(address).getHostAddress(), given.toString());
  }

  @Test
  void theScopeIdIsKept() {
    Inet6Address given = (Inet6Address) peers.mark(Ip.scoped(null, "fe80::1", 7), "host.example");
    assertEquals(7, given.getScopeId());
    assertEquals("host.example", given.getHostName());
    assertTrue(peers.contains(given));
  }

  @Test
  void theInterfaceIsKept() throws SocketException {
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress local : network.inetAddresses().toList()) {
        if (local instanceof Inet6Address ipv6 && ipv6.getScopedInterface() != null) {
          Inet6Address given = (Inet6Address) peers.mark(local, "host.example");
          assertEquals(network, given.getScopedInterface());
          assertEquals(ipv6.getScopeId(), given.getScopeId());
          assertEquals("host.example", given.getHostName());
          return;
        }
      }
    }
    assumeTrue(false, "no interface here has a scoped IPv6 address");
  }

  /** The table is of fixed size; losing a place is allowed, growing or failing is not. */
  @Test
  void theNewestHasAPlaceHoweverManyThereWere() {
    List<InetAddress> held = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      InetAddress given = peers.mark(Ip.of("192.0.2.1"), "host.example");
      held.add(given);
      assertTrue(peers.contains(given));
    }
    long kept = held.stream().filter(peers::contains).count();
    assertTrue(kept > 0 && kept <= 4096, () -> "kept " + kept);
  }
}
