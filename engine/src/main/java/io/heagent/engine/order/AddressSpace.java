package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import io.heagent.engine.address.Nat64Prefix;
import java.net.InetAddress;
import java.util.List;

/**
 * How private an address is; the constants go from the most public to the most private.
 *
 * <p>{@link #GLOBAL} is an allow-list: it holds only the unicast addresses that the whole Internet
 * may reach according to IANA's registries ({@link AddressBlocks}). Pure and thread-safe.
 *
 * <p>There are two methods because there are two questions. {@link #of} tells where a packet to an
 * address may end up: at the most private place that any reading of the address allows. {@link
 * #atFaceValue} tells what a program that has checked the address may have taken it for: at most
 * what its own bits say. {@link ScopeGuard} needs both. If it used {@link #of} for the address that
 * the program gave, an attacker could publish a dead 6to4 address of 127.0.0.1 together with
 * 127.0.0.1: the program's check takes the first for public, the guard would take it for loopback,
 * and would therefore allow the race to go on to 127.0.0.1.
 */
public enum AddressSpace {
  GLOBAL("public"),
  /**
   * Unicast that is neither global nor used inside a site: documentation, benchmarking, IETF
   * protocols. Most programs that check addresses take it for public.
   */
  RESERVED("reserved, not public"),
  /** RFC 1918, ULA (RFC 4193), the deprecated site-local, CGNAT (RFC 6598). */
  PRIVATE("private"),
  /** Reachable on this link only. */
  LINK_LOCAL("link-local"),
  /** A cloud's metadata service, which hands out credentials to every client that reaches it. */
  METADATA("a cloud's metadata service"),
  /** Reachable on this machine only. */
  LOOPBACK("loopback"),
  /**
   * Not an address to connect to: unspecified, multicast, broadcast, 240/4, and IPv6 space that
   * IANA has not allocated.
   */
  SPECIAL("not in use as unicast");

  private final String words;

  AddressSpace(String words) {
    this.words = words;
  }

  /** Words for a message, as in "192.168.0.1 is private". */
  public String words() {
    return words;
  }

  /**
   * The most private space that a packet to this address may reach: the most private of the address
   * itself and of every IPv4 address that it leads to.
   *
   * @param translators the NAT64 prefixes that this network has announced (RFC 7050); an address
   *     under one of them is as private as the IPv4 address that it stands for
   */
  public static AddressSpace of(InetAddress address, List<Nat64Prefix> translators) {
    InetAddress plain = Ipv4Mapped.unmapped(address);
    byte[] bytes = plain.getAddress();
    AddressSpace own = AddressBlocks.spaceOf(bytes);
    if (bytes.length == 4 || own == METADATA) {
      return own;
    }
    AddressSpace translated = null;
    for (Nat64Prefix translator : translators) {
      InetAddress ipv4 = translator.extract(plain);
      if (ipv4 != null) {
        translated = max(translated, AddressBlocks.spaceOf(ipv4.getAddress()));
      }
    }
    // The network has announced where such an address leads, whichever prefix it has chosen.
    boolean known = translated != null && own.compareTo(LINK_LOCAL) < 0;
    AddressSpace most = known ? translated : max(translated, own);
    for (byte[] ipv4 : EmbeddedIpv4.in(bytes, known)) {
      most = max(most, AddressBlocks.spaceOf(ipv4));
    }
    return most;
  }

  /** The space of the address by its own bits, without regard to where it leads. */
  public static AddressSpace atFaceValue(InetAddress address) {
    return AddressBlocks.spaceOf(Ipv4Mapped.unmapped(address).getAddress());
  }

  private static AddressSpace max(AddressSpace one, AddressSpace other) {
    return one == null || one.compareTo(other) < 0 ? other : one;
  }
}
