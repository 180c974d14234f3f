package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6052 (how addresses are embedded) and RFC 7050 (how a prefix is found). */
class Nat64PrefixTest {

  private static Nat64Prefix prefix(String text) {
    String[] parts = text.split("/", -1);
    return Nat64Prefix.of((Inet6Address) ip(parts[0]), Integer.parseInt(parts[1]));
  }

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static List<InetAddress> ips(String texts) {
    return Stream.of(texts.split(" ", -1))
        .filter(text -> !text.isEmpty())
        .map(Nat64PrefixTest::ip)
        .toList();
  }

  /** A look-up compares what it finds with what was found before. */
  @Test
  void prefixesOfOneLengthAndAddressAreEqual() {
    Nat64Prefix prefix = prefix("2001:db8::/32");
    assertEquals(prefix, prefix("2001:db8:1::/32"));
    assertEquals(prefix.hashCode(), prefix("2001:db8:1::/32").hashCode());
    assertNotEquals(prefix, prefix("2001:db8::/40"));
    assertEquals(prefix.hashCode() + 8, prefix("2001:db8::/40").hashCode());
    assertNotEquals(prefix, prefix("2001:db9::/32"));
    assertNotEquals(prefix.hashCode(), prefix("2001:db9::/32").hashCode());
    assertEquals("64:ff9b:0:0:0:0:0:0/96", prefix("64:ff9b::/96").toString());
  }

  /**
   * An IPv4-mapped or IPv4-compatible address is the IPv4 address in another spelling; any other
   * prefix of 96 bits may be a translator's. The numbers are the bytes 9, 10 and 11.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, false",
    "0, -1, -1, false",
    "0, -1, 0, true",
    "0, 0, -1, true",
    "0, 5, 5, true",
    "1, 0, 0, true",
    "1, -1, -1, true"
  })
  void answerThatIsIpv4InAnotherSpellingGivesNoPrefix(byte b9, byte b10, byte b11, boolean given)
      throws UnknownHostException {
    byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, b9, b10, b11, (byte) 192, 0, 0, (byte) 170};
    InetAddress answer = Inet6Address.getByAddress(null, bytes, -1);
    List<Nat64Prefix> found = Nat64Prefix.discover(List.of(answer));
    assertEquals(given ? 1 : 0, found.size());
  }

  /** The first address of 240.0.0.0/4, and its neighbours outside. */
  @ParameterizedTest
  @CsvSource({
    "223.255.255.255, 2001:db8::dfff:ffff",
    "239.255.255.255,",
    "240.0.0.0,",
    "255.255.255.255,",
    "1.0.0.0, 2001:db8::100:0",
    "0.255.255.255,"
  })
  void onlyAddressesOfHostsAreTranslated(String ipv4, String ipv6) {
    InetAddress made = prefix("2001:db8::/96").synthesize((Inet4Address) ip(ipv4), null);
    assertEquals(ipv6 == null ? null : ip(ipv6), made);
  }

  /** The examples of RFC 6052 section 2.4, both tables. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8::/32, 192.0.2.33, 2001:db8:c000:221::",
    "2001:db8:100::/40, 192.0.2.33, 2001:db8:1c0:2:21::",
    "2001:db8:122::/48, 192.0.2.33, 2001:db8:122:c000:2:2100::",
    "2001:db8:122:300::/56, 192.0.2.33, 2001:db8:122:3c0:0:221::",
    "2001:db8:122:344::/64, 192.0.2.33, 2001:db8:122:344:c0:2:2100::",
    "2001:db8:122:344::/96, 192.0.2.33, 2001:db8:122:344::c000:221",
    "64:ff9b::/96, 192.0.2.33, 64:ff9b::c000:221"
  })
  void embedsAndTurnsBack(String prefix, String ipv4, String ipv6) {
    Nat64Prefix tested = prefix(prefix);
    InetAddress embedded = tested.synthesize((Inet4Address) ip(ipv4), "name.test");
    assertEquals(ip(ipv6), embedded);
    assertEquals("name.test", embedded.getHostName());
    assertEquals(ip(ipv4), tested.extract(embedded));
  }

  /**
   * The addresses that the Happy Eyeballs v3 draft excludes, and others that no translator can
   * reach.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "0.1.2.3", "127.0.0.1", "169.254.1.1", "255.255.255.255", "224.0.0.1"})
  void isNeverForLocalAddresses(String ipv4) {
    Inet4Address address = (Inet4Address) ip(ipv4);
    assertNull(prefix("2001:db8:1::/96").synthesize(address, null));
  }

  @Test
  void wellKnownPrefixIsNotForPrivateAddresses() {
    Inet4Address address = (Inet4Address) ip("10.1.2.3");
    assertNull(prefix("64:ff9b::/96").synthesize(address, null));
    assertEquals(ip("2001:db8:1::a01:203"), prefix("2001:db8:1::/96").synthesize(address, null));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:2::c000:221", // another prefix
    "2001:db8:1:0:100::c000:221", // bits 64 to 71 set
    "192.0.2.33"
  })
  void turnsNothingElseBack(String address) {
    assertNull(prefix("2001:db8:1::/96").extract(ip(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::c000:aa 64:ff9b::c000:ab, 64:ff9b::/96",
    "2001:db8:c000:aa:: 2001:db8:c000:ab::, 2001:db8::/32",
    "2001:db8:1c0:0:aa:: , 2001:db8:100::/40",
    "2001:db8:122:c000:0:aa00:: , 2001:db8:122::/48",
    "2001:db8:122:3c0:0:aa:: , 2001:db8:122:300::/56",
    "2001:db8:122:344:c0:0:aa00:: , 2001:db8:122:344::/64",
    // One of the two well-known addresses is enough.
    "192.0.0.170 192.0.0.171 2001:db8:1::c000:ab, 2001:db8:1::/96"
  })
  void findsThePrefixAtEachPlace(String answer, String expected) {
    assertEquals(List.of(prefix(expected)), Nat64Prefix.discover(ips(answer.strip())));
  }

  @Test
  void severalPrefixesKeepTheirOrder() {
    List<InetAddress> answer =
        ips("2001:db8:2::c000:aa 2001:db8:1::c000:aa 2001:db8:2::c000:ab 2001:db8:1::c000:ab");
    assertEquals(
        List.of(prefix("2001:db8:2::/96"), prefix("2001:db8:1::/96")),
        Nat64Prefix.discover(answer));
  }

  /** RFC 7050 section 3: the prefix itself may happen to contain a well-known address. */
  @Test
  void addressFoundAtTwoPlacesNeedsTheOthersWord() {
    InetAddress both = ip("2001:db8:c000:aa::c000:aa");
    InetAddress other = ip("2001:db8:c000:aa::c000:ab");
    assertEquals(List.of(), Nat64Prefix.discover(List.of(both)));
    assertEquals(
        List.of(prefix("2001:db8:c000:aa::/96")), Nat64Prefix.discover(List.of(both, other)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "192.0.0.170 192.0.0.171", "2001:db8::1", "2001:db8:1:0:100::c000:aa"})
  void noTranslatorNoPrefix(String answer) {
    assertEquals(List.of(), Nat64Prefix.discover(ips(answer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::/33", "2001:db8::/128", "2001:db8:0:0:100::/96"})
  void refusesOtherPrefixes(String text) {
    assertThrows(IllegalArgumentException.class, () -> prefix(text));
  }
}
