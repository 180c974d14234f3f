package io.heagent.engine.history;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The bits and the scope of an address, as an {@link AddressMemory} keeps them. It does not keep
 * the {@link InetAddress}, whose host name may be long, and it tells the same link-local address on
 * two links apart. Every connect asks for the bits of its address, so these methods return plain
 * numbers, and for IPv4 they make no object.
 */
final class AddressBits {

  /** The scope of all IPv4 addresses, which no IPv6 address has. */
  private static final int IPV4 = -1;

  private static final long INT_BITS = 0xffff_ffffL;

  /**
   * Whether the hash code of an IPv4 address is the address, as on all JDKs known. The JDK tells
   * the bytes only by a new array.
   */
  private static final boolean IS_HASH = isHash();

  private AddressBits() {}

  private static boolean isHash() {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}).hashCode() == 0xc0000201
          && InetAddress.getByAddress(new byte[] {1, 2, 3, 4}).hashCode() == 0x01020304;
    } catch (UnknownHostException impossible) {
      return false; // Four bytes are always an address.
    }
  }

  /** The bytes, which the methods below need; null for an address that needs none. */
  static byte[] bytes(InetAddress address) {
    return IS_HASH && address instanceof Inet4Address ? null : address.getAddress();
  }

  /**
   * The first 64 bits; 0 for IPv4.
   *
   * @param bytes as {@link #bytes} gave them
   */
  static long high(byte[] bytes) {
    return bytes != null && bytes.length > Integer.BYTES ? number(bytes, 0, Long.BYTES) : 0;
  }

  /**
   * The last 64 bits; the 32 bits of an IPv4 address.
   *
   * @param bytes as {@link #bytes} gave them
   */
  static long low(InetAddress address, byte[] bytes) {
    if (bytes == null) {
      return address.hashCode() & INT_BITS;
    }
    int from = Math.max(0, bytes.length - Long.BYTES);
    return number(bytes, from, bytes.length);
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
