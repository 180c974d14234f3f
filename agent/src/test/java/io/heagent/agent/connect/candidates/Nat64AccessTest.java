package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.fake.Ip;
import java.net.Inet4Address;
import org.junit.jupiter.api.Test;

class Nat64AccessTest {

  /** It goes by the hash code of an Inet4Address, which no JDK promises to be the address. */
  @Test
  void loopbackAddressesAreThoseOfTheJdk() {
    for (int first = 0; first < 256; first++) {
      Inet4Address address = (Inet4Address) Ip.of(first + ".45.67.89");
      assertEquals(address.isLoopbackAddress(), Nat64Access.isLoopback(address), address::toString);
    }
  }
}
