package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import io.heagent.engine.address.Nat64Prefix;
import java.net.InetAddress;
import java.util.List;

/**
 * How private an address is, the most public first.
 *
 * <p>It is an allow-list: {@link #GLOBAL} is only what IANA's registries leave as unicast that the
 * whole Internet may reach ({@link AddressBlocks}). Pure and thread-safe.
 *
 * <p>Two questions have two answers. Where may a packet end up that is sent to an address? At the
 * most private place that any reading of it allows: {@link #of}. What may somebody who has checked
 * an address have taken it for? At most what its own bits say: {@link #atFaceValue}. A guard that
 * asked one of them for both would be passed by a dead 6to4 address of 127.0.0.1, which seems
 * public to who checks it, and loopback to the guard, which then would let the connect on to
 * 127.0.0.1.
 */
public enum AddressSpace {
  GLOBAL("public"),
  /**
   * Unicast that is not global, and that is no site's own either: documentation, benchmarking, IETF
   * protocols. Programs that check addresses mostly take it for public.
   */
  RESERVED("reserved, not public"),
  /** RFC 1918, ULA (RFC 4193), the deprecated site-local, CGNAT (RFC 6598). */
  PRIVATE("private"),
  /** This link only. */
  LINK_LOCAL("link-local"),
  /** A cloud's metadata service: it hands out credentials to whoever reaches it. */
  METADATA("a cloud's metadata service"),
  /** This machine only. */
  LOOPBACK("loopback"),
  /** Nothing to connect to: unspecified, multicast, broadcast, 240/4, IPv6 not given out. */
  SPECIAL("not in use as unicast");

  private final String words;

  AddressSpace(String words) {
    this.words = words;
  }

  /** For people, as in "192.168.0.1 is private". */
  public String words() {
    return words;
  }

  /**
   * The most private space that a packet to this address may come to: that of the address itself
   * and of every IPv4 address that it leads to.
   *
   * @param translators the NAT64 prefixes that this network has told of (RFC 7050); an address
   *     behind one is as private as the IPv4 address that it stands for
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
    // The network itself has said where such an address leads, whatever prefix it has chosen.
    boolean known = translated != null && own.compareTo(LINK_LOCAL) < 0;
    AddressSpace most = known ? translated : max(translated, own);
    for (byte[] ipv4 : EmbeddedIpv4.in(bytes, known)) {
      most = max(most, AddressBlocks.spaceOf(ipv4));
    }
    return most;
  }

  /** The space of the address by its own bits, wherever it leads. */
  public static AddressSpace atFaceValue(InetAddress address) {
    return AddressBlocks.spaceOf(Ipv4Mapped.unmapped(address).getAddress());
  }

  private static AddressSpace max(AddressSpace one, AddressSpace other) {
    return one == null || one.compareTo(other) < 0 ? other : one;
  }
}
