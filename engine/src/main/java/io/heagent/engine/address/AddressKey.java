package io.heagent.engine.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses apart as a connect does. {@link Inet6Address#equals} leaves the scope out, so
 * that the same link-local address on two links would count as one; and an IPv4-mapped address
 * leads to the same place as its IPv4 address (RFC 4291 section 2.5.5.2), although both are not
 * equal. Immutable; any thread.
 *
 * @param address not null, no IPv4-mapped one
 * @param scope IPv6 scope id, 0 for none
 */
public record AddressKey(InetAddress address, int scope) {

  /**
   * The key of an address: one for both spellings of an IPv4 address.
   *
   * @param given not null
   */
  public static AddressKey of(InetAddress given) {
    InetAddress address = Ipv4Mapped.unmapped(given);
    return new AddressKey(address, address instanceof Inet6Address v6 ? v6.getScopeId() : 0);
  }

  // Written out: what the compiler makes of a record is linked at run time, which costs the first
  // connects of a JVM, on their way, more than everything else that is done with keys.

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressKey key && scope == key.scope && address.equals(key.address);
  }

  @Override
  public int hashCode() {
    return 31 * address.hashCode() + scope;
  }
}
