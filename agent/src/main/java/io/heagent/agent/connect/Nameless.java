package io.heagent.agent.connect;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses without a name, scope ids kept. */
final class Nameless {

  private Nameless() {}

  static InetAddress of(InetAddress address) throws UnknownHostException {
    if (address instanceof Inet6Address ipv6 && ipv6.getScopedInterface() != null) {
      return Inet6Address.getByAddress(null, ipv6.getAddress(), ipv6.getScopedInterface());
    } else if (address instanceof Inet6Address ipv6) {
      return Inet6Address.getByAddress(null, ipv6.getAddress(), ipv6.getScopeId());
    }
    return InetAddress.getByAddress(address.getAddress());
  }
}
