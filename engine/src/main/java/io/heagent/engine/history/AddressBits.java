package io.heagent.engine.history;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The bits and the scope of an address. It does not keep the {@link InetAddress}, whose host name
 * may be long, and it tells the same link-local address on two links apart.
 *
 * @param high the first 64 bits; 0 for IPv4
 * @param low the last 64 bits; the 32 bits of an IPv4 address
 * @param scope IPv6 scope id, 0 for none, -1 for IPv4
 */
record AddressBits(long high, long low, int scope) {

  static AddressBits of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    if (address instanceof Inet6Address v6) {
      return new AddressBits(bytes.getLong(), bytes.getLong(), v6.getScopeId());
    }
    return new AddressBits(0, bytes.getInt() & 0xffffffffL, -1);
  }
}
