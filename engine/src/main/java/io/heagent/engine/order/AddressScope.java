package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The scopes of RFC 6724 section 3, by which addresses are sorted. Who may reach an address is
 * another question, which {@link AddressSpace} answers. Pure and thread-safe.
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
   * The scope of an address. A multicast address carries its own scope. Loopback and
   * autoconfiguration addresses (127/8, 169.254/16, ::1, fe80::/10) are link-local, fec0::/10 is
   * site-local. All others are global, including private IPv4 (section 3.2) and unique local IPv6
   * addresses (section 3.1). An IPv4-mapped address has the scope of its IPv4 address (section
   * 3.2).
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

  /** The administrative scopes of RFC 2365, as the methods of {@link InetAddress} tell them. */
  private static int ofMulticast4(InetAddress address) {
    if (address.isMCLinkLocal()) {
      return LINK_LOCAL;
    }
    return address.isMCSiteLocal() ? SITE_LOCAL : GLOBAL;
  }
}
