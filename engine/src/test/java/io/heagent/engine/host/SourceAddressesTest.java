package io.heagent.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.engine.net.real.Descriptors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
class SourceAddressesTest {
  private final SourceAddresses sources = new SourceAddresses();

  @Test
  void loopbackHasItselfForSource() throws UnknownHostException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    assertEquals(loopback, sources.apply(loopback));
    assertEquals(loopback, sources.apply(InetAddress.getByName("127.0.0.9")));
  }

  @Test
  void withoutRouteThereIsNone() throws UnknownHostException {
    // The limited broadcast address, to which no system connects.
    assertNull(sources.apply(InetAddress.getByName("255.255.255.255")));
    assertNull(sources.apply(InetAddress.getByName("255.255.255.255")));
  }

  @Test
  void askedOnceOnly() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    InetAddress first = sources.apply(loopback);
    long before = Descriptors.open();
    assertSame(first, sources.apply(InetAddress.getByName("127.0.0.1")));
    assertEquals(before, Descriptors.open());
  }
}
