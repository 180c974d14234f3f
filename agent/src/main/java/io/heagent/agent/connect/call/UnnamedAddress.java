package io.heagent.agent.connect.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import sun.nio.ch.HeCache;

/**
 * Makes the addresses that the agent itself connects to, with their scope ids. Their host name is
 * the empty text, by which the agent's own hooks recognise them and leave them alone; a program's
 * literal has no host name.
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
