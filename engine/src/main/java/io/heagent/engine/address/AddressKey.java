package io.heagent.engine.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A key that is equal for two addresses exactly if a connect to either leads to the same place.
 * {@link Inet6Address#equals} does not tell this: it ignores the scope, so that the same link-local
 * address on two links counts as one; and an IPv4-mapped address is not equal to its IPv4 address
 * (RFC 4291 section 2.5.5.2), although the system connects to the same host. Immutable; any thread.
 *
 * @param address not null, never an IPv4-mapped one
 * @param scope IPv6 scope id, 0 for none
 */
public record AddressKey(InetAddress address, int scope) {

  /**
   * The key of an address. An IPv4 address and the IPv4-mapped form of it have the same key.
   *
   * @param given not null
   */
  public static AddressKey of(InetAddress given) {
    InetAddress address = Ipv4Mapped.unmapped(given);
    return new AddressKey(address, address instanceof Inet6Address v6 ? v6.getScopeId() : 0);
  }

  // Written out, because the methods that javac generates for a record are linked at run time: that
  // costs the first connects of a JVM more time than everything else that they do with keys.

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressKey key && scope == key.scope && address.equals(key.address);
  }

  @Override
  public int hashCode() {
    return 31 * address.hashCode() + scope;
  }
}
