package io.heagent.engine.order;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses as a resolver delivers them: 16 bytes are an {@link Inet6Address} whatever they mean,
 * where a literal or {@link InetAddress#getByAddress(byte[])} gives an Inet4Address for a mapped
 * one.
 */
final class Delivered {

  private Delivered() {}

  /** From a literal, mapped ones included. */
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

  /** A copy with some bytes in place. */
  static byte[] with(byte[] bytes, int at, byte... put) {
    byte[] changed = bytes.clone();
    System.arraycopy(put, 0, changed, at, put.length);
    return changed;
  }
}
