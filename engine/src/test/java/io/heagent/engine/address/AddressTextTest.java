package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.9, 127.0.0.9",
    "::, [::]",
    "::1, [::1]",
    "1::, [1::]",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
    "1:2:3:4:5:6:0:0, [1:2:3:4:5:6::]",
    "fe80::1%7, [fe80::1%7]"
  })
  void rfc5952(String literal, String text) throws UnknownHostException {
    assertEquals(text, AddressText.of(InetAddress.getByName(literal)));
  }

  @Test
  void hostNameIsLeftOut() throws UnknownHostException {
    InetAddress named = InetAddress.getByAddress("x.example", new byte[] {10, 0, 0, 1});
    assertEquals("10.0.0.1", AddressText.of(named));
    byte[] linkLocal = InetAddress.getByName("fe80::2").getAddress();
    assertEquals(
        "[fe80::2%3]", AddressText.of(Inet6Address.getByAddress("x.example", linkLocal, 3)));
  }

  @Test
  void hostAndPort() {
    assertEquals("x.example:80", AddressText.hostAndPort("x.example", 80));
    assertEquals("[::1]:80", AddressText.hostAndPort("::1", 80));
    assertEquals("[::1]:80", AddressText.hostAndPort("[::1]", 80));
  }
}
