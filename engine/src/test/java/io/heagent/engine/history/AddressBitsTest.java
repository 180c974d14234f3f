package io.heagent.engine.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.engine.address.Ip;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBitsTest {

  /** What an IPv4 address tells without its bytes is what its bytes tell. */
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.1", "1.2.3.4", "127.0.0.1", "128.0.0.0", "255.255.255.255"})
  void ipv4NeedsNoBytes(String text) {
    InetAddress address = Ip.of(text);
    assertNull(AddressBits.bytes(address), "the hash code of this JDK is another");
    assertEquals(
        AddressBits.low(address, address.getAddress()), AddressBits.low(address, null), text);
    assertEquals(0, AddressBits.high(null));
    assertEquals(0, AddressBits.high(address.getAddress()));
    assertEquals(-1, AddressBits.scope(address));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 20010db800000000, 0000000000000001",
    "fe80::8000:0:0:1, fe80000000000000, 8000000000000001",
  })
  void ipv6HasTwoHalves(String text, String high, String low) {
    InetAddress address = Ip.of(text);
    byte[] bytes = AddressBits.bytes(address);
    assertEquals(Long.parseUnsignedLong(high, 16), AddressBits.high(bytes));
    assertEquals(Long.parseUnsignedLong(low, 16), AddressBits.low(address, bytes));
    assertEquals(0, AddressBits.scope(address));
  }
}
