package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scope guard: a race never leads from a vetted address to a more private one. */
class ScopeTest {

  @ParameterizedTest
  @CsvSource({
    // Public, and the neighbours of ranges that are not.
    "GLOBAL, 1.1.1.1",
    "GLOBAL, 9.255.255.255",
    "GLOBAL, 11.0.0.0",
    "GLOBAL, 172.15.255.255",
    "GLOBAL, 172.32.0.0",
    "GLOBAL, 192.167.255.255",
    "GLOBAL, 192.169.0.0",
    "GLOBAL, 100.63.255.255",
    "GLOBAL, 100.128.0.0",
    "GLOBAL, 169.253.255.255",
    "GLOBAL, 169.255.0.0",
    "GLOBAL, 126.255.255.255",
    "GLOBAL, 128.0.0.0",
    "GLOBAL, 223.255.255.255",
    "GLOBAL, 2606:4700::1111",
    "GLOBAL, 2001:db8::1",
    "GLOBAL, fbff::1",
    "GLOBAL, 2003::1",
    "GLOBAL, 64:ff9c::7f00:1",
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
    "LINK_LOCAL, 169.254.0.1",
    "LINK_LOCAL, 169.254.169.253",
    "LINK_LOCAL, fe80::1",
    "LINK_LOCAL, febf::1",
    // AWS, GCP, Azure; Alibaba; AWS on IPv6.
    "METADATA, 169.254.169.254",
    "METADATA, 100.100.100.200",
    "METADATA, fd00:ec2::254",
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
    // 6to4, RFC 3056.
    "GLOBAL, 2002:0101:0101::1",
    "PRIVATE, 2002:0a00:0001::1",
    "PRIVATE, 2002:c0a8:0001::1",
    "LOOPBACK, 2002:7f00:0001::1",
    "METADATA, 2002:a9fe:a9fe::1",
    "PRIVATE, 2002:6440::1",
    "SPECIAL, 2002::1",
    // NAT64, RFC 6052 and RFC 8215.
    "GLOBAL, 64:ff9b::1.1.1.1",
    "PRIVATE, 64:ff9b::10.0.0.1",
    "LOOPBACK, 64:ff9b::127.0.0.1",
    "LINK_LOCAL, 64:ff9b::169.254.1.1",
    "METADATA, 64:ff9b::169.254.169.254",
    "SPECIAL, 64:ff9b::224.0.0.1",
    "PRIVATE, 64:ff9b:1::192.168.0.1",
    // Mapped addresses are IPv4 ones to the JDK.
    "LOOPBACK, ::ffff:127.0.0.1",
    "PRIVATE, ::ffff:10.0.0.1"
  })
  void isOf(Scope scope, String address) {
    assertEquals(scope, Scope.of(Ip.of(address)));
  }

  /** One of each, the most public first. */
  private static final String[] ONE_OF_EACH = {
    "1.1.1.1", "10.0.0.1", "169.254.0.1", "169.254.169.254", "127.0.0.1", "0.0.0.0"
  };

  @Test
  void leadsToNothingMorePrivate() {
    for (int given = 0; given < ONE_OF_EACH.length; given++) {
      for (int sibling = 0; sibling < ONE_OF_EACH.length; sibling++) {
        assertEquals(
            sibling <= given,
            Scope.mayLead(Ip.of(ONE_OF_EACH[given]), Ip.of(ONE_OF_EACH[sibling])),
            ONE_OF_EACH[given] + " to " + ONE_OF_EACH[sibling]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, 2606:4700::1111, true",
    "2606:4700::1111, 1.1.1.1, true",
    "2606:4700::1111, 10.0.0.1, false",
    "1.1.1.1, ::1, false",
    "1.1.1.1, fd00:ec2::254, false",
    "10.0.0.1, fd12::1, true",
    "fd12::1, 100.64.0.1, true",
    "10.0.0.1, 100.100.100.200, false",
    "fe80::1, 169.254.169.254, false",
    "127.0.0.1, ::1, true",
    "::1, 127.0.0.2, true",
    "1.1.1.1, 64:ff9b::127.0.0.1, false",
    "1.1.1.1, 2002:0a00:0001::1, false"
  })
  void familiesMakeNoDifference(String given, String sibling, boolean may) {
    assertEquals(may, Scope.mayLead(Ip.of(given), Ip.of(sibling)));
  }
}
