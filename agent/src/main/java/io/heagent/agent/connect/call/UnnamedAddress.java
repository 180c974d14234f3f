package io.heagent.agent.connect.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import sun.nio.ch.HeCache;

/**
 * Addresses for our own connects, scope ids kept. Their name is empty: so our own hooks leave them
 * alone, and tell them from a program's literals, which have no name at all.
 */
public final class UnnamedAddress {

  private static final String NAME = "";

  private UnnamedAddress() {}

  /** Whether an address was made here. */
  public static boolean is(InetAddress address) {
    return NAME.equals(HeCache.originalHostName(address));
  }

  public static InetAddress of(InetAddress address) throws UnknownHostException {
    if (address instanceof Inet6Address ipv6 && ipv6.getScopedInterface() != null) {
      return Inet6Address.getByAddress(NAME, ipv6.getAddress(), ipv6.getScopedInterface());
    } else if (address instanceof Inet6Address ipv6) {
      return Inet6Address.getByAddress(NAME, ipv6.getAddress(), ipv6.getScopeId());
    }
    return InetAddress.getByAddress(NAME, address.getAddress());
  }
}
