package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.order.ScopeGuard.Barrier;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Properties that hold for every address. */
class AddressSpacePropertiesTest {

  private static AddressSpace of(byte[] bytes) {
    return AddressSpace.of(Delivered.of(bytes), List.of());
  }

  /** All IPv6 addresses out of which a tunnel or translator may unpack this IPv4 address. */
  private static List<byte[]> wrapped(byte[] ipv4) {
    byte[] zero = new byte[16];
    byte[] local = Delivered.with(zero, 0, (byte) 0, (byte) 0x64, (byte) -1, (byte) 0x9b);
    byte[] inverted = new byte[4];
    for (int i = 0; i < 4; i++) {
      inverted[i] = (byte) ~ipv4[i];
    }
    byte[] global = Delivered.with(zero, 0, (byte) 0x26, (byte) 6);
    byte[] teredo = Delivered.with(zero, 0, (byte) 0x20, (byte) 1);
    byte[] publicClient = {(byte) ~1, (byte) ~1, (byte) ~1, (byte) ~1};
    List<byte[]> all = new ArrayList<>();
    all.add(Delivered.with(zero, 12, ipv4));
    all.add(Delivered.with(Delivered.with(zero, 10, (byte) -1, (byte) -1), 12, ipv4));
    all.add(Delivered.with(Delivered.with(zero, 8, (byte) -1, (byte) -1), 12, ipv4));
    all.add(Delivered.with(local, 12, ipv4));
    all.add(Delivered.with(Delivered.with(zero, 0, (byte) 0x20, (byte) 2), 2, ipv4));
    all.add(Delivered.with(Delivered.with(teredo, 4, ipv4), 12, publicClient));
    all.add(
        Delivered.with(
            Delivered.with(teredo, 4, (byte) 1, (byte) 1, (byte) 1, (byte) 1), 12, inverted));
    for (byte first : new byte[] {0, 2}) {
      byte[] isatap = Delivered.with(global, 8, first, (byte) 0, (byte) 0x5e, (byte) 0xfe);
      all.add(Delivered.with(isatap, 12, ipv4));
    }
    byte[] ours = Delivered.with(local, 4, (byte) 0, (byte) 1);
    all.add(Delivered.with(ours, 12, ipv4));
    all.add(Delivered.with(Delivered.with(ours, 6, ipv4[0], ipv4[1]), 9, ipv4[2], ipv4[3]));
    all.add(Delivered.with(Delivered.with(ours, 7, ipv4[0]), 9, ipv4[1], ipv4[2], ipv4[3]));
    all.add(Delivered.with(ours, 9, ipv4));
    return all;
  }

  @Property
  void wrappedAddressIsAtLeastAsPrivateAsTheOneInside(@ForAll @Size(4) byte[] ipv4) {
    // Nothing is translated to 0.0.0.0/8, so there the other readings of 64:ff9b:1::/48 count.
    Assume.that(ipv4[0] != 0);
    for (byte[] bytes : wrapped(ipv4)) {
      assertTrue(of(bytes).compareTo(of(ipv4)) >= 0, () -> Delivered.of(bytes).toString());
    }
  }

  @Property
  void privateAddressIsReachedInNoWrapping(@ForAll byte second, @ForAll byte third) {
    for (byte[] inside :
        List.of(
            new byte[] {127, second, third, 1},
            new byte[] {10, second, third, 1},
            new byte[] {(byte) 169, (byte) 254, second, third},
            new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254},
            new byte[] {(byte) 168, 63, (byte) 129, 16})) {
      for (byte[] bytes : wrapped(inside)) {
        for (String given : List.of("1.1.1.1", "2606:4700::1", "2002:7f00:1::1")) {
          Barrier barrier = ScopeGuard.between(Delivered.of(given), Delivered.of(bytes), List.of());
          assertNotEquals(Barrier.NONE, barrier, () -> Delivered.of(bytes).toString());
        }
      }
    }
  }

  @Property
  void mappedAddressIsItsIpv4Address(@ForAll @Size(4) byte[] ipv4) {
    byte[] mapped = wrapped(ipv4).get(1);
    assertEquals(of(ipv4), of(mapped));
    assertEquals(
        AddressSpace.atFaceValue(Delivered.of(ipv4)),
        AddressSpace.atFaceValue(Delivered.of(mapped)));
  }

  /** Outside 2000::/3 only NAT64 and mapped addresses may be global. */
  @Property
  void globalIpv6IsWhatHasBeenGivenOut(@ForAll @Size(16) byte[] bytes) {
    boolean givenOut = (bytes[0] & 0xe0) == 0x20;
    boolean mapped = Delivered.of(bytes).toString().contains("/0:0:0:0:0:ffff:");
    boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64;
    if (!givenOut && !mapped && !nat64) {
      assertNotEquals(AddressSpace.GLOBAL, of(bytes));
    }
  }

  @Property
  void noAddressIsMorePublicThanItsOwnBits(@ForAll @Size(16) byte[] bytes) {
    assertTrue(of(bytes).compareTo(AddressSpace.atFaceValue(Delivered.of(bytes))) >= 0);
  }

  /** A connect may go from an address to the same address, and from any address to a global one. */
  @Property
  void guardIsReflexiveAndGlobalIsFree(
      @ForAll @Size(16) byte[] ipv6, @ForAll @Size(4) byte[] ipv4) {
    for (byte[] bytes : List.of(ipv4, ipv6)) {
      AddressSpace face = AddressSpace.atFaceValue(Delivered.of(bytes));
      if (of(bytes) == face) {
        assertEquals(
            Barrier.NONE, ScopeGuard.between(Delivered.of(bytes), Delivered.of(bytes), List.of()));
      }
      assertEquals(
          Barrier.NONE,
          ScopeGuard.between(Delivered.of(bytes), Delivered.of("2606:4700::1"), List.of()));
    }
  }
}
