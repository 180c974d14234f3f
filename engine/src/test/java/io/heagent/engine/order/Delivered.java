package io.heagent.engine.order;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Makes addresses as the JDK's look-ups return them: 16 bytes become an {@link Inet6Address} even
 * if they are an IPv4-mapped address, for which a literal or {@link
 * InetAddress#getByAddress(byte[])} gives an Inet4Address.
 */
final class Delivered {

  private Delivered() {}

  /** The address of a literal, which may be IPv4-mapped. */
  static InetAddress of(String literal) {
    try {
      byte[] bytes = InetAddress.getByName(literal).getAddress();
      return literal.indexOf(':') >= 0 && bytes.length == 4
          ? of(with(with(new byte[16], 10, (byte) -1, (byte) -1), 12, bytes))
          : of(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  static InetAddress of(byte[] bytes) {
    try {
      return bytes.length == 16
          ? Inet6Address.getByAddress("host.test", bytes, -1)
          : InetAddress.getByAddress("host.test", bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A copy in which some bytes are replaced. */
  static byte[] with(byte[] bytes, int at, byte... put) {
    byte[] changed = bytes.clone();
    System.arraycopy(put, 0, changed, at, put.length);
    return changed;
  }
}
