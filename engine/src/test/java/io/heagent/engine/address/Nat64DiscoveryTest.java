package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When connects to IPv4 addresses need a translator, and how long the answers are remembered. */
class Nat64DiscoveryTest {
  private static final InetAddress INTERNET4 = Ip.of("192.0.0.170");
  private static final InetAddress INTERNET6 = Ip.of("64:ff9b::c000:aa");
  private static final InetAddress SERVER = Ip.of("198.51.100.7");

  private long now = Long.MAX_VALUE - 5;
  private final Set<InetAddress> routed = new HashSet<>();
  private final List<InetAddress> asked = new ArrayList<>();
  private final Nat64Discovery nat64 =
      new Nat64Discovery(
          new Nat64Discovery.Host() {
            @Override
            public long now() {
              return now;
            }

            @Override
            public boolean isRouted(InetAddress address) {
              asked.add(address);
              return routed.contains(address);
            }
          });

  @Test
  void hostWithIpv4AsksTheSystemOnceInAWhile() {
    routed.add(INTERNET4);
    for (int i = 0; i < 100; i++) {
      assertFalse(nat64.isNeeded(SERVER));
    }
    assertEquals(List.of(INTERNET4), asked);
    now += Nat64Discovery.ROUTE_NANOS;
    assertFalse(nat64.isNeeded(SERVER));
    assertEquals(List.of(INTERNET4, INTERNET4), asked);
  }

  @Test
  void hostWithIpv6Only() {
    routed.add(INTERNET6);
    assertTrue(nat64.isNeeded(SERVER));
    assertFalse(nat64.isNeeded(Ip.of("2001:db8::1")));
  }

  /** Whoever asks within this time is answered by what the system said before. */
  @Test
  void hostWithIpv6OnlyAsksTheSystemOnceInAWhileToo() {
    routed.add(INTERNET6);
    for (int i = 0; i < 3; i++) {
      assertTrue(nat64.isNeeded(SERVER));
    }
    assertEquals(1, asked.stream().filter(INTERNET4::equals).count());
    now += Nat64Discovery.ROUTE_NANOS;
    assertTrue(nat64.isNeeded(SERVER));
    assertEquals(2, asked.stream().filter(INTERNET4::equals).count());
  }

  @Test
  void hostWithoutAnyNetworkNeedsNoTranslator() {
    assertFalse(nat64.isNeeded(SERVER));
  }

  @Test
  void addressOfTheOwnNetworkNeedsNoTranslator() {
    routed.add(INTERNET6);
    routed.add(SERVER);
    assertFalse(nat64.isNeeded(SERVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "169.254.1.2", "0.0.0.0", "224.0.0.1"})
  void addressesOfThisHostAndLinkNeverDo(String address) {
    routed.add(INTERNET6);
    assertFalse(nat64.isNeeded(Ip.of(address)));
    assertEquals(List.of(), asked);
  }

  @Test
  void translationsFollowTheAddresses() {
    List<InetAddress> given = List.of(SERVER, Ip.of("2001:db8::1"));
    assertFalse(nat64.isKnown());
    assertEquals(given, nat64.translated("a.test", given));
    nat64.learn(List.of(INTERNET4, Ip.of("2001:db8:64::c000:aa")));
    assertTrue(nat64.isKnown());
    List<InetAddress> all = nat64.translated("a.test", given);
    assertEquals(List.of(given.get(0), given.get(1), Ip.of("2001:db8:64::c633:6407")), all);
    assertEquals("a.test", all.get(2).getHostName());
  }

  @Test
  void prefixIsAskedForAgainInTime() {
    nat64.learn(List.of(Ip.of("2001:db8:64::c000:aa")));
    now += Nat64Discovery.PREFIX_NANOS - 1;
    assertTrue(nat64.isKnown());
    now++;
    assertFalse(nat64.isKnown());
  }

  @Test
  void thatThereIsNoneIsRememberedForLessLong() {
    nat64.learn(List.of());
    assertTrue(nat64.isKnown());
    assertEquals(List.of(SERVER), nat64.translated("a.test", List.of(SERVER)));
    now += Nat64Discovery.NO_PREFIX_NANOS;
    assertFalse(nat64.isKnown());
  }
}
