package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which IPv4 addresses are embedded in an IPv6 address; {@code AddressSpaceTest} tests what follows
 * from them.
 */
class EmbeddedIpv4Test {

  private static String in(String literal, boolean translated) {
    List<byte[]> found = EmbeddedIpv4.in(Delivered.of(literal).getAddress(), translated);
    return found.stream().map(EmbeddedIpv4Test::text).collect(Collectors.joining(" "));
  }

  private static String text(byte[] ipv4) {
    try {
      return InetAddress.getByAddress(ipv4).getHostAddress();
    } catch (UnknownHostException notFourBytes) {
      throw new AssertionError(notFourBytes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // NAT64's well-known prefix, 6to4, Teredo with its server, ISATAP of both kinds.
    "64:ff9b::10.1.2.3, 10.1.2.3",
    "2002:a01:203::1, 10.1.2.3",
    "2001:0:a01:203:0:0:f5fe:fdfc, 10.1.2.3 10.1.2.3",
    "2001:0:a01:203:0:0:80ff:fefe, 10.1.2.3 127.0.1.1",
    "2001:db8::5efe:10.1.2.3, 10.1.2.3",
    "2001:db8::200:5efe:10.1.2.3, 10.1.2.3",
    // A translator's own prefix, of 48, 56, 64 and 96 bits.
    "64:ff9b:1:a01:2:300::, 10.1.2.3 1.2.3.0 2.3.0.0",
  })
  void stand(String address, String ipv4) {
    assertEquals(ipv4, in(address, false));
  }

  /**
   * The deprecated forms in ::/64 are not read, because no space is more private than that block's.
   */
  @ParameterizedTest
  @CsvSource({
    "::10.1.2.3",
    "::ffff:0:10.1.2.3",
    "::",
    "::1",
    "::1:0:10.1.2.3",
    "::ffff:1:10.1.2.3",
    "::fffe:0:10.1.2.3",
    "0:0:0:1::10.1.2.3",
    "1::10.1.2.3",
    "64:ff9b::1:10.1.2.3",
    "64:ff9b:2::10.1.2.3",
    "64:ff9a::10.1.2.3",
    "2003:a01:203::1",
    "2001:1:a01:203::1",
    "2001:db8::100:5efe:10.1.2.3",
    "2001:db8::1:5efe:10.1.2.3",
    "2001:db8::5eff:10.1.2.3"
  })
  void standNot(String address) {
    assertEquals("", in(address, false));
  }

  /**
   * Read with a wrong length, an address gives one in 0.0.0.0/8; that counts only if no reading
   * gives another.
   */
  @Test
  void readingsOfNowhereCountWhereThereIsNoOther() {
    assertEquals("0.0.0.0 0.0.0.0 0.0.0.0 0.1.2.3", in("64:ff9b:1::1:203", false));
  }

  @Test
  void whatTheNetworkHasToldOfItsTranslatorIsNotReadAgain() {
    assertEquals("", in("64:ff9b::10.1.2.3", true));
    assertEquals("", in("64:ff9b:1:a01:2:300::", true));
    assertEquals("10.1.2.3", in("2002:a01:203::1", true));
  }
}
