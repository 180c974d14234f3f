package io.heagent.agent.connect.call;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.fake.Ip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectedPeersTest {

  private static final String A = "192.0.2.1";

  static {
    BridgeClasses.define();
  }

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

  /** As the JDK's look-up makes them: those need no second holder of the name. */
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
  void namedAddressHasATwin(String text) throws Exception {
    InetAddress dialled = InetAddress.getByAddress("host.example", Ip.of(text).getAddress());
    InetAddress given = peers.mark(dialled, "host.example");
    assertNotSame(dialled, given);
    assertEquals(dialled, given);
    assertEquals(dialled.hashCode(), given.hashCode());
    assertEquals(dialled.getClass(), given.getClass());
    assertEquals("host.example/" + dialled.getHostAddress(), given.toString());
    assertEquals("host.example", given.getHostName());
    assertArrayEquals(dialled.getAddress(), given.getAddress());
    assertEquals(dialled.isLinkLocalAddress(), given.isLinkLocalAddress());
    assertTrue(peers.contains(given));
    assertFalse(peers.contains(dialled));
    assertEquals(text, given.getHostAddress().replace(":0:0:0:0:0:", "::"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(given);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(given.toString(), in.readObject().toString());
    }
  }

  /** A program that connects to a machine by one name may have looked it up by another. */
  @Test
  void otherNameIsNotTakenOver() throws UnknownHostException {
    InetAddress dialled = InetAddress.getByAddress("other.example", Ip.of(A).getAddress());
    assertEquals("host.example", peers.mark(dialled, "host.example").getHostName());
    assertEquals("other.example", dialled.getHostName());
  }

  /** A twin is made field by field: all that an address of this JDK has are these. */
  @Test
  void fieldsOfAnAddressAreKnown() {
    assertEquals(Set.of("canonicalHostName", "holder"), fields(InetAddress.class));
    assertEquals(Set.of(), fields(Inet4Address.class));
    assertEquals(Set.of("holder6"), fields(Inet6Address.class));
  }

  private static Set<String> fields(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .map(Field::getName)
        .collect(Collectors.toSet());
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
