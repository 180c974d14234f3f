package io.heagent.engine.history;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The bits and the scope of an address, as an {@link AddressMemory} keeps them. It does not keep
 * the {@link InetAddress}, whose host name may be long, and it tells the same link-local address on
 * two links apart. Every connect asks for the bits of its address, so these methods return plain
 * numbers and make no object.
 */
final class AddressBits {

  /** The scope of all IPv4 addresses, which no IPv6 address has. */
  private static final int IPV4 = -1;

  private AddressBits() {}

  /**
   * The first 64 bits; 0 for IPv4.
   *
   * @param address its bytes
   */
  static long high(byte[] address) {
    return address.length > Integer.BYTES ? number(address, 0, Long.BYTES) : 0;
  }

  /** The last 64 bits; the 32 bits of an IPv4 address. */
  static long low(byte[] address) {
    int from = Math.max(0, address.length - Long.BYTES);
    return number(address, from, address.length);
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = (number << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return number;
  }

  /** The IPv6 scope id, 0 for none; -1 for IPv4. */
  static int scope(InetAddress address) {
    return address instanceof Inet6Address v6 ? v6.getScopeId() : IPV4;
  }
}
