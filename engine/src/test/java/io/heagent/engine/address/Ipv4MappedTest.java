package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4MappedTest {

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

  @Test
  void mappedOneBecomesIpv4() throws Exception {
    assertEquals(InetAddress.getByName("127.0.0.1"), Ipv4Mapped.unmapped(mapped(127, 0, 0, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "::", "::1", "::127.0.0.1", "2001:db8::1", "64:ff9b::1"})
  void allOthersStayWhatTheyAre(String literal) throws Exception {
    InetAddress address = InetAddress.getByName(literal);
    assertSame(address, Ipv4Mapped.unmapped(address));
  }

  /** Ten bytes of zeros and two of ones; one byte that differs makes it another address. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 10, 11})
  void neighboursOfMappedAddressesStayWhatTheyAre(int place) throws Exception {
    byte[] bytes = mapped(192, 0, 2, 1).getAddress();
    bytes[place] = 1;
    InetAddress address = Inet6Address.getByAddress("a.test", bytes, -1);
    assertSame(address, Ipv4Mapped.unmapped(address));
  }
}
