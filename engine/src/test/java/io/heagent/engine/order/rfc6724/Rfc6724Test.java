package io.heagent.engine.order.rfc6724;

import static io.heagent.engine.order.rfc6724.SourceSelection.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.order.AddressScope;
import io.heagent.engine.order.Candidate;
import io.heagent.engine.order.Rfc6724;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * What the examples of section 10 leave out: the other rules, their priority, the table, the
 * scopes.
 */
class Rfc6724Test {
  private static final InetAddress SOURCE6 = ip("2001:db8::1");
  private static final InetAddress SOURCE4 = ip("192.0.2.1");

  @Test
  void rule1UnreachableGoesLastInOrder() {
    List<InetAddress> sorted =
        Rfc6724.sort(
            List.of(ip("2001:db8::a"), ip("2001:db8::b"), ip("192.0.2.3")),
            address -> address.getAddress().length == 4 ? SOURCE4 : null,
            PolicyTable.DEFAULT);
    assertEquals(List.of(ip("192.0.2.3"), ip("2001:db8::a"), ip("2001:db8::b")), sorted);
  }

  /**
   * Translated addresses sort as the IPv4 addresses that they stand for (Happy Eyeballs v3 draft),
   * so native IPv6 goes first.
   */
  @Test
  void translatedAddressesRankAsIpv4() {
    List<InetAddress> answer =
        List.of(ip("64:ff9b::c000:221"), ip("2001:db8::1"), ip("192.0.2.33"));
    InetAddress source = ip("64:ff9b::1");
    List<InetAddress> sorted =
        Rfc6724.sort(
            answer,
            address -> address instanceof Inet6Address ? source : null,
            PolicyTable.DEFAULT,
            List.of(Nat64Prefix.of((Inet6Address) ip("64:ff9b::"), 96)));
    assertEquals(List.of(answer.get(1), answer.get(0), answer.get(2)), sorted);
  }

  /** Rule 1 holds for translated addresses as for all others. */
  @Test
  void translatedAddressesAreReachableIfTheHostHasASourceForThem() {
    List<InetAddress> answer = List.of(ip("2001:db8::1"), ip("64:ff9b::c000:221"));
    List<Nat64Prefix> prefixes = List.of(Nat64Prefix.of((Inet6Address) ip("64:ff9b::"), 96));
    assertEquals(
        List.of(answer.get(1), answer.get(0)),
        Rfc6724.sort(
            answer,
            address -> address.equals(answer.get(1)) ? SOURCE6 : null,
            PolicyTable.DEFAULT,
            prefixes));
    List<InetAddress> turned = List.of(answer.get(1), answer.get(0));
    assertEquals(
        List.of(answer.get(0), answer.get(1)),
        Rfc6724.sort(
            turned,
            address -> address.equals(answer.get(1)) ? null : SOURCE6,
            PolicyTable.DEFAULT,
            prefixes));
  }

  @Test
  void rule4AllThreeRoles() {
    Candidate careOf = six("a").withMobility(Candidate.Mobility.CARE_OF);
    Candidate home = six("b").withMobility(Candidate.Mobility.HOME);
    Candidate both = six("c").withMobility(Candidate.Mobility.HOME_AND_CARE_OF);
    assertEquals(List.of(both, home, careOf), sort(careOf, home, both));
  }

  @Test
  void rule7NativeTransport() {
    Candidate tunnel = six("a").throughTunnel();
    assertEquals(List.of(six("b"), tunnel), sort(tunnel, six("b")));
  }

  @Test
  void historyCountsAfterRule8AndBeforeRule9() {
    Candidate far = six("8000::a").withHistory(5); // rule 9 alone would put it last
    Candidate near = six("b").withHistory(9);
    Candidate unknown = six("c");
    assertEquals(List.of(far, near, unknown), sort(unknown, near, far));
    Candidate ipv4 = Candidate.of(ip("192.0.2.3"), SOURCE4).withHistory(1);
    assertEquals(List.of(near, ipv4), sort(ipv4, near), "precedence comes before");
  }

  @Test
  void rule9StaysWithinAFamilyAndItsPrefix() {
    Candidate near = six("0:0:8000::1");
    Candidate same = six("0:0:1::1");
    assertEquals(List.of(near, same), sort(near, same), "beyond the prefix of 64 bits");
    assertEquals(
        List.of(same.withSourcePrefix(80), near.withSourcePrefix(80)),
        sort(near.withSourcePrefix(80), same.withSourcePrefix(80)));
    Candidate close4 = Candidate.of(ip("192.0.2.2"), SOURCE4);
    Candidate far4 = Candidate.of(ip("10.0.0.1"), SOURCE4);
    assertEquals(List.of(far4, close4), sort(far4, close4), "round robin survives");
    assertEquals(
        List.of(close4.withSourcePrefix(24), far4.withSourcePrefix(24)),
        sort(far4.withSourcePrefix(24), close4.withSourcePrefix(24)));
  }

  @Test
  void rule9DoesNotCompareFamilies() {
    Candidate ipv4 = Candidate.of(ip("10.0.0.1"), SOURCE4);
    List<Candidate> given = List.of(ipv4, six("a"));
    assertEquals(given, Rfc6724.sort(given, PolicyTable.empty()));
  }

  @Test
  void rule10KeepsTheOrder() {
    List<Candidate> same = List.of(six("c"), six("a"), six("b"));
    assertEquals(same, Rfc6724.sort(same, PolicyTable.DEFAULT));
  }

  @Test
  void defaultTable() {
    PolicyTable table = PolicyTable.DEFAULT;
    String[] addresses = {
      "::1",
      "2001:db8::1",
      "192.0.2.1",
      "2002::1",
      "2001::1",
      "fd00::1",
      "::2",
      "fec0::1",
      "3ffe::1"
    };
    int[] precedences = {50, 40, 35, 30, 5, 3, 1, 1, 1};
    int[] labels = {0, 1, 4, 2, 5, 13, 3, 11, 12};
    for (int i = 0; i < addresses.length; i++) {
      assertEquals(precedences[i], table.precedence(ip(addresses[i])), addresses[i]);
      assertEquals(labels[i], table.label(ip(addresses[i])), addresses[i]);
    }
  }

  @Test
  void tableIsReplaceable() {
    // The entry that many hosts have in gai.conf to prefer IPv4 (RFC 6724 section 10.3).
    PolicyTable ipv4First = PolicyTable.DEFAULT.with(ip("0.0.0.0"), 0, 100, 4);
    Candidate ipv4 = Candidate.of(ip("192.0.2.3"), SOURCE4);
    assertEquals(List.of(ipv4, six("a")), Rfc6724.sort(List.of(six("a"), ipv4), ipv4First));
    assertEquals(35, PolicyTable.DEFAULT.precedence(ip("192.0.2.3")), "not changed");
    PolicyTable site = PolicyTable.empty().with(ip("10.0.0.0"), 8, 7, 3);
    assertEquals(7, site.precedence(ip("10.1.2.3")));
    assertEquals(0, site.precedence(ip("11.1.2.3")));
    assertEquals(-1, site.label(ip("::1")));
    assertThrows(IllegalArgumentException.class, () -> site.with(SOURCE4, 33, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> site.with(SOURCE6, -1, 1, 1));
  }

  @Test
  void scopes() {
    assertEquals(AddressScope.LINK_LOCAL, AddressScope.of(ip("::1")));
    assertEquals(AddressScope.LINK_LOCAL, AddressScope.of(ip("127.3.4.5")));
    assertEquals(AddressScope.LINK_LOCAL, AddressScope.of(ip("169.254.1.1")));
    assertEquals(AddressScope.SITE_LOCAL, AddressScope.of(ip("fec0::1")));
    assertEquals(AddressScope.GLOBAL, AddressScope.of(ip("10.1.2.3")));
    assertEquals(AddressScope.GLOBAL, AddressScope.of(ip("fd00::1")));
    assertEquals(AddressScope.LINK_LOCAL, AddressScope.of(ip("224.0.0.1")));
    assertEquals(AddressScope.SITE_LOCAL, AddressScope.of(ip("239.255.0.1")));
    assertEquals(AddressScope.GLOBAL, AddressScope.of(ip("232.1.1.1")));
    assertEquals(8, AddressScope.of(ip("ff08::1")));
  }

  /**
   * If both families have the same precedence, rule 9 can make the order circular; sorting must not
   * fail.
   */
  @Property(tries = 300)
  void nothingIsLostWhateverTheTable(@ForAll @Size(max = 60) List<Byte> picks) {
    List<Candidate> candidates = new ArrayList<>();
    for (int pick : picks) {
      boolean ipv4 = pick % 3 == 0;
      InetAddress destination =
          ip(ipv4 ? "10." + (pick & 127) + ".0.1" : "2001:db8:" + (pick & 127) + "::1");
      InetAddress source = pick % 7 == 0 ? null : ipv4 ? SOURCE4 : SOURCE6;
      candidates.add(Candidate.of(destination, source).withSourcePrefix(32 + (pick & 31)));
    }
    List<Candidate> sorted = Rfc6724.sort(candidates, PolicyTable.empty());
    assertEquals(candidates.size(), sorted.size());
    assertEquals(new HashSet<>(candidates), new HashSet<>(sorted));
    for (int i = 1; i < sorted.size(); i++) {
      assertEquals(false, sorted.get(i - 1).source() == null && sorted.get(i).source() != null);
    }
  }

  @Test
  void namesSurvive() throws Exception {
    InetAddress named = InetAddress.getByAddress("a.example", SOURCE6.getAddress());
    List<InetAddress> sorted =
        Rfc6724.sort(List.of(SOURCE4, named), address -> address, PolicyTable.DEFAULT);
    assertSame(named, sorted.get(0));
  }

  private static Candidate six(String tail) {
    return Candidate.of(ip("2001:db8:" + (tail.contains("::") ? tail : ":" + tail)), SOURCE6);
  }

  private static List<Candidate> sort(Candidate... candidates) {
    return Rfc6724.sort(List.of(candidates), PolicyTable.DEFAULT);
  }
}
