package io.heagent.engine.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * IPv4-mapped IPv6 addresses, {@code ::ffff:192.0.2.1} (RFC 4291 section 2.5.5.2): the system
 * connects to the IPv4 address inside. {@link InetAddress#getByAddress(byte[])} and literals give
 * an {@code Inet4Address} for one, but the JDK's own look-ups give an {@code Inet6Address} as the
 * AAAA record has it, and the methods of that object (such as {@code isLoopbackAddress}) do not
 * answer for the IPv4 address inside. Pure and thread-safe.
 */
public final class Ipv4Mapped {

  private Ipv4Mapped() {}

  /** The IPv4 address that a mapped address stands for; any other address is returned as it is. */
  public static InetAddress unmapped(InetAddress address) {
    return address instanceof Inet6Address ? unmapped(address, address.getAddress()) : address;
  }

  private static InetAddress unmapped(InetAddress address, byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return address;
      }
    }
    if (bytes[10] != -1 || bytes[11] != -1) {
      return address;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // 4 bytes are always an address
    }
  }
}
