package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heagent.engine.address.Ip;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The order of addresses. */
class AddressWeaveTest {

  @Test
  void d6FamiliesAlternateStartingWithTheFirst() {
    assertEquals(of("6a 4a 6b 4b 6c"), AddressWeave.weave(of("6a 6b 6c 4a 4b"), 1));
    assertEquals(of("4a 6a 4b 6b 6c"), AddressWeave.weave(of("4a 4b 6a 6b 6c"), 1));
  }

  @Test
  void firstFamilyCountTwoAndMore() {
    assertEquals(of("6a 6b 4a 6c 4b 6d 4c"), AddressWeave.weave(of("6a 6b 6c 6d 4a 4b 4c"), 2));
    assertEquals(of("6a 6b 4a"), AddressWeave.weave(of("6a 6b 4a"), 9));
  }

  @Test
  void d14ZeroKeepsTheOrder() {
    assertEquals(of("6a 6b 4a 6c"), AddressWeave.weave(of("6a 6b 4a 6b 6c"), 0));
  }

  @Test
  void negativeCountIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> AddressWeave.weave(List.of(), -1));
  }

  @Test
  void d8DuplicatesAreDroppedAndTheFirstKeepsItsName() throws UnknownHostException {
    InetAddress named = InetAddress.getByAddress("a.example", new byte[] {10, 0, 0, 1});
    InetAddress again = InetAddress.getByAddress("b.example", new byte[] {10, 0, 0, 1});
    List<InetAddress> woven = AddressWeave.weave(List.of(named, again), 1);
    assertEquals(1, woven.size());
    assertSame(named, woven.get(0));
  }

  @Test
  void d9ScopesTellAddressesApart() throws UnknownHostException {
    byte[] bytes = address("6a").getAddress();
    InetAddress one = Inet6Address.getByAddress(null, bytes, 1);
    InetAddress two = Inet6Address.getByAddress(null, bytes, 2);
    List<InetAddress> woven = AddressWeave.weave(List.of(one, two, one), 1);
    assertEquals(2, woven.size());
    assertSame(one, woven.get(0));
    assertSame(two, woven.get(1));
    assertSame(two, AddressWeave.reweave(List.of(one, two), List.of(one), 1).get(0));
  }

  /** RFC 4291 section 2.5.5.2: the system sends IPv4 packets for both forms. */
  @Test
  void anIpv4MappedAddressIsTheIpv4One() {
    InetAddress mapped = Ip.mapped("10.0.0.97");
    InetAddress plain = address("4a");
    assertSame(mapped, AddressWeave.weave(List.of(mapped, plain), 1).get(0));
    assertEquals(List.of(mapped), AddressWeave.weave(List.of(mapped, plain), 1));
    assertEquals(List.of(plain), AddressWeave.weave(List.of(plain, mapped), 1));
    assertEquals(
        List.of(address("6a"), mapped, address("6b")),
        AddressWeave.weave(List.of(address("6a"), address("6b"), mapped), 1));
    assertEquals(
        List.of(mapped, address("6a"), address("4b")),
        AddressWeave.weave(List.of(mapped, address("4b"), address("6a")), 1));
    assertEquals(List.of(), AddressWeave.reweave(List.of(plain), List.of(mapped), 1));
    assertEquals(
        of("6a 6b"),
        AddressWeave.reweave(List.of(address("6a"), address("6b")), List.of(mapped), 1));
  }

  @Test
  void d3AfterOneFamilyTheLateOneIsNext() {
    assertEquals(of("4a 6b 4b"), AddressWeave.reweave(of("6a 6b 4a 4b"), of("6a"), 1));
    assertEquals(of("6a 6b 4b"), AddressWeave.reweave(of("6a 6b 4a 4b"), of("4a"), 1));
  }

  @Test
  void d3TheLateFamilyCatchesUp() {
    assertEquals(of("4a 4b 6d"), AddressWeave.reweave(of("6a 6b 6c 6d 4a 4b"), of("6a 6b 6c"), 1));
  }

  @Test
  void d3UnusedHeadStartIsKept() {
    assertEquals(of("6b 4a 6c"), AddressWeave.reweave(of("6a 6b 6c 4a"), of("6a"), 2));
  }

  @Test
  void triedAddressesCountEvenIfTheAnswerLacksThem() {
    assertEquals(of("4a 6b"), AddressWeave.reweave(of("6b 4a"), of("6a"), 1));
  }

  @Test
  void zeroKeepsTheOrderOfTheRest() {
    assertEquals(of("6b 4a"), AddressWeave.reweave(of("6a 6b 4a"), of("6a"), 0));
  }

  @Property(tries = 500)
  void d15NothingIsLostNothingIsAdded(
      @ForAll @Size(max = 12) List<@IntRange(max = 9) Integer> picks,
      @ForAll @IntRange(max = 4) int count,
      @ForAll @IntRange(max = 12) int triedCount) {
    List<InetAddress> addresses = new ArrayList<>();
    picks.forEach(p -> addresses.add(address((p % 2 == 0 ? "6" : "4") + (char) ('a' + p))));
    List<InetAddress> distinct = addresses.stream().distinct().toList();
    List<InetAddress> woven = AddressWeave.weave(addresses, count);
    assertEquals(sorted(distinct), sorted(woven));

    List<InetAddress> tried = distinct.subList(0, Math.min(triedCount, distinct.size()));
    List<InetAddress> both = new ArrayList<>(AddressWeave.reweave(addresses, tried, count));
    both.addAll(tried);
    assertEquals(sorted(distinct), sorted(both));
  }

  private static List<String> sorted(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).sorted().toList();
  }

  private static List<InetAddress> of(String names) {
    List<InetAddress> addresses = new ArrayList<>();
    for (String name : names.split(" ", -1)) {
      addresses.add(address(name));
    }
    return addresses;
  }

  /** "4b" is 10.0.0.98, "6b" is fe80::98. */
  private static InetAddress address(String name) {
    byte[] bytes = new byte[name.charAt(0) == '4' ? 4 : 16];
    bytes[0] = (byte) (bytes.length == 4 ? 10 : 0xfe);
    bytes[1] = (byte) (bytes.length == 4 ? 0 : 0x80);
    bytes[bytes.length - 1] = (byte) name.charAt(1);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
