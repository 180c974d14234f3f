package io.heagent.agent.connect;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * How private an address is, most public first. A program may have vetted the address it passes (as
 * filters against server-side request forgery do), so a race must not lead from it to one that is
 * more private.
 */
enum Scope {
  GLOBAL,
  /** RFC 1918, ULA (RFC 4193), the deprecated site-local, CGNAT (RFC 6598). */
  PRIVATE,
  /** This link only. */
  LINK_LOCAL,
  /** A cloud's metadata service: it hands out credentials to whoever reaches it. */
  METADATA,
  /** This machine only. */
  LOOPBACK,
  /** No address to connect to: unspecified, multicast, broadcast and other reserved ones. */
  SPECIAL;

  private static final byte[] IPV4_METADATA = {(byte) 169, (byte) 254, (byte) 169, (byte) 254};
  private static final byte[] ALIBABA_METADATA = {100, 100, 100, (byte) 200};

  /** fd00:ec2::254, of AWS. */
  private static final byte[] AWS_METADATA = {
    (byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54
  };

  static Scope of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return SPECIAL;
    } else if (address.isLoopbackAddress()) {
      return LOOPBACK;
    } else if (Arrays.equals(bytes, IPV4_METADATA)
        || Arrays.equals(bytes, ALIBABA_METADATA)
        || Arrays.equals(bytes, AWS_METADATA)) {
      return METADATA;
    } else if (address.isLinkLocalAddress()) {
      return LINK_LOCAL;
    } else if (address.isSiteLocalAddress()) {
      return PRIVATE;
    }
    return address instanceof Inet4Address ? ofIpv4(bytes) : ofIpv6(bytes);
  }

  private static Scope ofIpv4(byte[] b) {
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    if (first == 0 || first >= 240) {
      return SPECIAL;
    }
    return first == 100 && second >= 64 && second < 128 ? PRIVATE : GLOBAL;
  }

  private static Scope ofIpv6(byte[] b) {
    if ((b[0] & 0xfe) == 0xfc) {
      return PRIVATE;
    } else if (b[0] == 0x20 && b[1] == 0x02) {
      return ofEmbedded(b, 2); // 6to4, RFC 3056
    } else if (b[0] == 0 && b[1] == 0x64 && b[2] == (byte) 0xff && b[3] == (byte) 0x9b) {
      return ofEmbedded(b, 12); // NAT64, RFC 6052 and RFC 8215
    }
    return GLOBAL;
  }

  /** A translator leads to the IPv4 address inside. */
  private static Scope ofEmbedded(byte[] b, int at) {
    try {
      return of(InetAddress.getByAddress(Arrays.copyOfRange(b, at, at + 4)));
    } catch (UnknownHostException impossible) {
      return SPECIAL;
    }
  }

  /** Whether a program that asked for the given address may be led to this one. */
  static boolean mayLead(InetAddress given, InetAddress sibling) {
    return of(sibling).compareTo(of(given)) <= 0;
  }
}
