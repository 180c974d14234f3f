package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Two keys are equal exactly if a connect leads to the same place. */
class AddressKeyTest {

  private static AddressKey key(String address) {
    return AddressKey.of(Ip.of(address));
  }

  private static AddressKey linkLocal(int scope) throws UnknownHostException {
    byte[] bytes = Ip.of("fe80::1").getAddress();
    InetAddress address = Inet6Address.getByAddress(null, bytes, scope);
    return AddressKey.of(address);
  }

  @Test
  void sameAddressOfAnotherNameIsTheSamePlace() throws UnknownHostException {
    byte[] bytes = {(byte) 192, 0, 2, 1};
    AddressKey named = AddressKey.of(InetAddress.getByAddress("host.example", bytes));
    assertEquals(key("192.0.2.1"), named);
    assertEquals(key("192.0.2.1").hashCode(), named.hashCode());
    assertNotEquals(key("192.0.2.1"), key("192.0.2.2"));
    assertNotEquals(key("192.0.2.1"), Ip.of("192.0.2.1"));
  }

  @Test
  void mappedAddressIsThatOfIpv4() {
    AddressKey mapped = AddressKey.of(Ip.mapped("192.0.2.1"));
    assertEquals(key("192.0.2.1"), mapped);
    assertEquals(key("192.0.2.1").hashCode(), mapped.hashCode());
  }

  @Test
  void sameAddressOnTwoLinksIsTwoPlaces() throws UnknownHostException {
    assertEquals(linkLocal(1), linkLocal(1));
    assertNotEquals(linkLocal(1), linkLocal(2));
    assertNotEquals(linkLocal(1).hashCode(), linkLocal(2).hashCode());
    assertEquals(1, linkLocal(1).scope());
    assertEquals(0, key("192.0.2.1").scope());
    assertNotEquals(key("192.0.2.1").hashCode(), key("192.0.2.2").hashCode());
  }
}
