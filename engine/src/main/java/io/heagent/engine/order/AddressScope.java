package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Scopes as RFC 6724 section 3 has them, for the order of addresses; pure and thread-safe. They say
 * nothing of who may reach an address: that is {@code engine.order.AddressSpace}.
 */
public final class AddressScope {
  /** Multicast scope "link-local" (RFC 4291 section 2.7). */
  public static final int LINK_LOCAL = 0x2;

  /** Multicast scope "site-local". */
  public static final int SITE_LOCAL = 0x5;

  /** Multicast scope "global". */
  public static final int GLOBAL = 0xe;

  private AddressScope() {}

  /**
   * The scope of an address: that which a multicast address carries; loopback and autoconfiguration
   * addresses (127/8, 169.254/16, ::1, fe80::/10) are link-local, fec0::/10 is site-local, all
   * others are global, private IPv4 (section 3.2) and unique local IPv6 addresses (section 3.1)
   * included. An IPv4-mapped address has the scope of its IPv4 address (section 3.2).
   */
  public static int of(InetAddress given) {
    InetAddress address = Ipv4Mapped.unmapped(given);
    boolean ipv4 = address instanceof Inet4Address;
    if (address.isMulticastAddress()) {
      return ipv4 ? ofMulticast4(address) : address.getAddress()[1] & 0xf;
    }
    if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
      return LINK_LOCAL;
    }
    // For IPv4 the JDK calls private addresses "site-local".
    return !ipv4 && address.isSiteLocalAddress() ? SITE_LOCAL : GLOBAL;
  }

  /** RFC 2365's administrative scopes, as the JDK tells them. */
  private static int ofMulticast4(InetAddress address) {
    if (address.isMCLinkLocal()) {
      return LINK_LOCAL;
    }
    return address.isMCSiteLocal() ? SITE_LOCAL : GLOBAL;
  }
}
