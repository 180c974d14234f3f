package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.heagent.engine.address.Nat64Prefix;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How private addresses are, by IANA's registries and by the addresses that they lead to. */
class AddressSpaceTest {

  private static final InetAddress TRANSLATED = Delivered.of("2606:4700:64::a00:1");

  private static AddressSpace of(String literal) {
    return AddressSpace.of(Delivered.of(literal), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // Public addresses, and those next to blocks that are not public.
    "GLOBAL, 1.1.1.1",
    "GLOBAL, 1.0.0.0",
    "GLOBAL, 9.255.255.255",
    "GLOBAL, 11.0.0.0",
    "GLOBAL, 172.15.255.255",
    "GLOBAL, 172.32.0.0",
    "GLOBAL, 191.255.255.255",
    "GLOBAL, 192.0.1.0",
    "GLOBAL, 192.0.3.0",
    "GLOBAL, 192.31.196.1",
    "GLOBAL, 192.52.193.1",
    "GLOBAL, 192.175.48.1",
    "GLOBAL, 192.88.98.255",
    "GLOBAL, 192.88.100.0",
    "GLOBAL, 192.167.255.255",
    "GLOBAL, 192.169.0.0",
    "GLOBAL, 198.17.255.255",
    "GLOBAL, 198.20.0.0",
    "GLOBAL, 100.63.255.255",
    "GLOBAL, 100.128.0.0",
    "GLOBAL, 169.253.255.255",
    "GLOBAL, 169.255.0.0",
    "GLOBAL, 126.255.255.255",
    "GLOBAL, 128.0.0.0",
    "GLOBAL, 223.255.255.255",
    "GLOBAL, 168.63.129.15",
    "GLOBAL, 168.63.129.17",
    "GLOBAL, 2000::",
    "GLOBAL, 2606:4700::1111",
    "GLOBAL, 2003::1",
    "GLOBAL, 2620:4f:8000::1",
    "GLOBAL, 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "GLOBAL, 3fff:1000::",
    // Global, although the block around them is not.
    "GLOBAL, 192.0.0.9",
    "GLOBAL, 192.0.0.10",
    "GLOBAL, 2001:1::1",
    "GLOBAL, 2001:1::2",
    "GLOBAL, 2001:1::3",
    "GLOBAL, 2001:3::1",
    "GLOBAL, 2001:4:112::1",
    "GLOBAL, 2001:20::1",
    "GLOBAL, 2001:2f:ffff::1",
    "GLOBAL, 2001:30::1",
    "GLOBAL, 2001:3f:ffff::1",
    "GLOBAL, 2001:200::1",
    // Neither global nor used inside a site.
    "RESERVED, 192.0.0.0",
    "RESERVED, 192.0.0.8",
    "RESERVED, 192.0.0.11",
    "RESERVED, 192.0.0.170",
    "RESERVED, 192.0.0.191",
    "RESERVED, 192.0.0.193",
    "RESERVED, 192.0.0.255",
    "RESERVED, 192.0.2.1",
    "RESERVED, 198.51.100.1",
    "RESERVED, 203.0.113.1",
    "RESERVED, 192.88.99.1",
    "RESERVED, 198.18.0.0",
    "RESERVED, 198.19.255.255",
    "RESERVED, 2001:1::",
    "RESERVED, 2001:1::4",
    "RESERVED, 2001:2::1",
    "RESERVED, 2001:4:113::1",
    "RESERVED, 2001:10::1",
    "RESERVED, 2001:1f:ffff::1",
    "RESERVED, 2001:40::1",
    "RESERVED, 2001:1ff:ffff::1",
    "RESERVED, 2001:db8::1",
    "RESERVED, 3fff::1",
    "RESERVED, 3fff:fff:ffff::1",
    // RFC 1918, CGNAT, ULA, the deprecated site-local.
    "PRIVATE, 10.0.0.0",
    "PRIVATE, 10.255.255.255",
    "PRIVATE, 172.16.0.0",
    "PRIVATE, 172.31.255.255",
    "PRIVATE, 192.168.0.1",
    "PRIVATE, 192.168.255.255",
    "PRIVATE, 100.64.0.0",
    "PRIVATE, 100.127.255.255",
    "PRIVATE, fc00::1",
    "PRIVATE, fdff::1",
    "PRIVATE, fec0::1",
    "PRIVATE, feff::1",
    "LINK_LOCAL, 169.254.0.1",
    "LINK_LOCAL, 169.254.169.253",
    "LINK_LOCAL, fe80::1",
    "LINK_LOCAL, febf::1",
    // Metadata services, and the addresses next to them.
    "METADATA, 169.254.169.254",
    "METADATA, 169.254.170.2",
    "METADATA, 169.254.170.23",
    "METADATA, 168.63.129.16",
    "METADATA, 192.0.0.192",
    "METADATA, 100.100.100.200",
    "METADATA, fd00:ec2::254",
    "METADATA, fd00:ec2::23",
    "METADATA, fd20:ce::254",
    "METADATA, fd00:c1::a9fe:a9fe",
    "METADATA, fe80::a9fe:a9fe",
    "PRIVATE, 100.100.100.201",
    "PRIVATE, fd00:ec2::253",
    "LOOPBACK, 127.0.0.1",
    "LOOPBACK, 127.255.255.255",
    "LOOPBACK, ::1",
    "SPECIAL, 0.0.0.0",
    "SPECIAL, 0.0.0.1",
    "SPECIAL, 224.0.0.1",
    "SPECIAL, 239.255.255.255",
    "SPECIAL, 240.0.0.1",
    "SPECIAL, 255.255.255.255",
    "SPECIAL, ::",
    "SPECIAL, ff02::1",
    // IPv6 outside 2000::/3, of which IANA has allocated nothing.
    "SPECIAL, 100::1",
    "SPECIAL, 100:0:0:1::1",
    "SPECIAL, 64:ff9c::7f00:1",
    "SPECIAL, 64:ff9b:2::1",
    "SPECIAL, 1fff:ffff::1",
    "SPECIAL, 4000::1",
    "SPECIAL, 5f00::1",
    "SPECIAL, fbff::1",
    "SPECIAL, fe00::1"
  })
  void byTheRegistries(AddressSpace space, String address) {
    assertEquals(space, of(address));
  }

  @ParameterizedTest
  @CsvSource({
    // Mapped: the system connects to the IPv4 address.
    "GLOBAL, ::ffff:1.1.1.1",
    "PRIVATE, ::ffff:10.0.0.1",
    "LOOPBACK, ::ffff:127.0.0.1",
    "METADATA, ::ffff:169.254.169.254",
    "METADATA, ::ffff:168.63.129.16",
    "SPECIAL, ::ffff:0.0.0.0",
    "SPECIAL, ::ffff:224.0.0.1",
    // IPv4-compatible and IPv4-translated addresses, both in space that is not allocated.
    "SPECIAL, ::127.0.0.1",
    "SPECIAL, ::8.8.8.8",
    "SPECIAL, ::ffff:0:127.0.0.1",
    // 6to4, RFC 3056.
    "GLOBAL, 2002:0101:0101::1",
    "PRIVATE, 2002:0a00:0001::1",
    "PRIVATE, 2002:c0a8:0001::1",
    "LOOPBACK, 2002:7f00:0001::1",
    "METADATA, 2002:a9fe:a9fe::1",
    "PRIVATE, 2002:6440::1",
    "SPECIAL, 2002::1",
    // Teredo, RFC 4380: server 1.1.1.1 or 10.0.0.1, client with inverted bits.
    "GLOBAL, 2001:0:101:101:0:0:fefe:fefe",
    "PRIVATE, 2001:0:a00:1:0:0:fefe:fefe",
    "PRIVATE, 2001:0:101:101:0:0:f5ff:fffe",
    "LOOPBACK, 2001:0:101:101:0:0:80ff:fffe",
    "METADATA, 2001:0:101:101:0:0:5601:5601",
    // ISATAP, RFC 5214, in any prefix.
    "GLOBAL, 2606:4700::5efe:1.1.1.1",
    "PRIVATE, 2606:4700::5efe:10.0.0.1",
    "LOOPBACK, 2606:4700::200:5efe:127.0.0.1",
    "METADATA, fe80::5efe:169.254.169.254",
    "LINK_LOCAL, fe80::5efe:1.1.1.1",
    "PRIVATE, fd00::5efe:1.1.1.1",
    // NAT64, RFC 6052.
    "GLOBAL, 64:ff9b::1.1.1.1",
    "PRIVATE, 64:ff9b::10.0.0.1",
    "LOOPBACK, 64:ff9b::127.0.0.1",
    "LINK_LOCAL, 64:ff9b::169.254.1.1",
    "METADATA, 64:ff9b::169.254.169.254",
    "METADATA, 64:ff9b::168.63.129.16",
    "SPECIAL, 64:ff9b::224.0.0.1",
    // RFC 8215, the IPv4 address after 48, 56, 64 and 96 bits.
    "RESERVED, 64:ff9b:1::1.1.1.1",
    "PRIVATE, 64:ff9b:1::192.168.0.1",
    "LOOPBACK, 64:ff9b:1:7f00:0:100::",
    "LOOPBACK, 64:ff9b:1:7f:0:1::",
    "LOOPBACK, 64:ff9b:1:0:7f:0:100:0",
    "LOOPBACK, 64:ff9b:1::127.0.0.1",
    "METADATA, 64:ff9b:1:abcd::169.254.169.254",
    // The address of 169.254.169.254; other readings of it begin with 254.
    "SPECIAL, 64:ff9b:1:a9fe:a9:fe00::",
    "SPECIAL, 64:ff9b:1:a9:fe:a9fe::",
    "SPECIAL, 64:ff9b:1:0:a9:fea9:fe00:0",
    "SPECIAL, 64:ff9b:1::"
  })
  void byTheMostPrivateThatItLeadsTo(AddressSpace space, String address) {
    assertEquals(space, of(address));
  }

  /**
   * The rows above test something only if the mapped addresses are {@code Inet6Address}es, which
   * literals do not give.
   */
  @Test
  void mappedOnesAreInet6AddressesHere() {
    assertInstanceOf(Inet6Address.class, Delivered.of("::ffff:127.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE, 2606:4700:64::10.0.0.1",
    "LOOPBACK, 2606:4700:64::127.0.0.1",
    "GLOBAL, 2606:4700:64::1.1.1.1",
    "GLOBAL, 2606:4700:65::10.0.0.1",
    "GLOBAL, 64:ff9b:1::1.1.1.1",
    "PRIVATE, 64:ff9b:1::10.0.0.1",
    "GLOBAL, fd64::1.1.1.1",
    "METADATA, fd64::169.254.169.254",
    "PRIVATE, fd65::1.1.1.1",
    "METADATA, fd00:ec2::254"
  })
  void behindThePrefixesThatTheNetworkHasToldOf(AddressSpace space, String address) {
    List<Nat64Prefix> told =
        List.of(prefix("2606:4700:64::"), prefix("64:ff9b:1::"), prefix("fd64::"));
    assertEquals(space, AddressSpace.of(Delivered.of(address), told));
  }

  @Test
  void prefixThatIsNotKnownHidesNothingFromWhoKnowsIt() {
    List<Nat64Prefix> told = List.of(prefix("2606:4700:64::"));
    assertEquals(AddressSpace.GLOBAL, AddressSpace.of(TRANSLATED, List.of()));
    assertEquals(AddressSpace.PRIVATE, AddressSpace.of(TRANSLATED, told));
    assertEquals(AddressSpace.GLOBAL, AddressSpace.atFaceValue(TRANSLATED));
  }

  /** A prefix that the network announces does not make a link-local address public. */
  @Test
  void aPrefixOnThisLinkMakesNothingLessPrivate() {
    List<Nat64Prefix> told = List.of(prefix("fe80::"));
    assertEquals(AddressSpace.LINK_LOCAL, AddressSpace.of(Delivered.of("fe80::1.1.1.1"), told));
  }

  @Test
  void hasWordsForPeople() {
    assertEquals("private", AddressSpace.PRIVATE.words());
    assertEquals("link-local", AddressSpace.LINK_LOCAL.words());
  }

  private static Nat64Prefix prefix(String literal) {
    return Nat64Prefix.of((Inet6Address) Delivered.of(literal), 96);
  }

  @ParameterizedTest
  @CsvSource({
    "LOOPBACK, ::ffff:127.0.0.1",
    "GLOBAL, 2002:7f00:0001::1",
    "GLOBAL, 2001:0:101:101:0:0:80ff:fffe",
    "GLOBAL, 64:ff9b::127.0.0.1",
    "GLOBAL, 2606:4700::5efe:127.0.0.1",
    "RESERVED, 64:ff9b:1::127.0.0.1",
    "PRIVATE, 10.0.0.1"
  })
  void whatSomebodyMayHaveTakenItFor(AddressSpace space, String address) {
    assertEquals(space, AddressSpace.atFaceValue(Delivered.of(address)));
  }
}
