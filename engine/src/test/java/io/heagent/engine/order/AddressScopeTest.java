package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressScopeTest {

  /**
   * An IPv4-mapped address as an {@code Inet6Address}, which is what the JDK's look-up of an AAAA
   * record returns.
   */
  private static InetAddress mapped(int... ipv4) throws Exception {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    for (int i = 0; i < 4; i++) {
      bytes[12 + i] = (byte) ipv4[i];
    }
    return Inet6Address.getByAddress("a.test", bytes, -1);
  }

  /** RFC 6724, section 3.2. */
  @Test
  void mappedOneHasTheScopeOfItsIpv4Address() throws Exception {
    assertEquals(AddressScope.LINK_LOCAL, AddressScope.of(mapped(127, 0, 0, 1)));
    assertEquals(AddressScope.LINK_LOCAL, AddressScope.of(mapped(169, 254, 1, 1)));
    assertEquals(AddressScope.GLOBAL, AddressScope.of(mapped(10, 0, 0, 1)));
  }
}
