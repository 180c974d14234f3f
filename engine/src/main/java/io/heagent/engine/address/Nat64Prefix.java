package io.heagent.engine.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An IPv6 prefix behind which a NAT64 translator makes the IPv4 Internet reachable (RFC 6052), and
 * how a host finds out about it (RFC 7050). Immutable and thread-safe; pure functions.
 */
public final class Nat64Prefix {

  /** The name to look up for {@link #discover}: without a translator it has no IPv6 addresses. */
  public static final String WELL_KNOWN_NAME = "ipv4only.arpa";

  /** The lengths of RFC 6052 section 2.2, in bits. */
  private static final int[] LENGTHS = {96, 64, 56, 48, 40, 32};

  /** Bits 64 to 71 of every such address are zero (RFC 6052 section 2.2, "u"). */
  private static final int ZERO_OCTET = 8;

  /** The addresses of {@link #WELL_KNOWN_NAME} (RFC 7050 section 2.2). */
  private static final byte[][] WELL_KNOWN = {
    {(byte) 192, 0, 0, (byte) 170}, {(byte) 192, 0, 0, (byte) 171}
  };

  /** 64:ff9b::/96 (RFC 6052 section 2.1). */
  private static final byte[] WELL_KNOWN_PREFIX = {0, 0x64, (byte) 0xff, (byte) 0x9b};

  private final byte[] prefix;
  private final int length;

  private Nat64Prefix(byte[] address, int length) {
    this.prefix = Arrays.copyOf(Arrays.copyOf(address, length / 8), 16);
    this.length = length;
  }

  /**
   * A prefix that is known from the network's operator.
   *
   * @param prefix the address part; what lies beyond the length is ignored
   * @param length 32, 40, 48, 56, 64 or 96
   * @throws IllegalArgumentException if RFC 6052 does not allow it
   */
  public static Nat64Prefix of(Inet6Address prefix, int length) {
    Nat64Prefix made = new Nat64Prefix(prefix.getAddress(), length);
    if (Arrays.stream(LENGTHS).noneMatch(allowed -> allowed == length)
        || made.prefix[ZERO_OCTET] != 0) {
      throw new IllegalArgumentException(
          prefix.getHostAddress()
              + "/"
              + length
              + ": a NAT64 prefix has 32, 40, 48, 56, 64 or 96 bits, and bits 64 to 71 are zero");
    }
    return made;
  }

  /**
   * Reads the prefixes out of the IPv6 addresses of {@link #WELL_KNOWN_NAME} (RFC 7050 section 3).
   * Where an address contains a well-known IPv4 address at more than one place, the place that the
   * other addresses of the answer confirm counts; where none confirms it, that address gives no
   * prefix. An IPv4-mapped or IPv4-compatible address (RFC 4291, section 2.5.5) is the IPv4 address
   * itself in another spelling and gives none either: by such a "prefix" a race would dial each
   * IPv4 address twice.
   *
   * @param answer all addresses of the name, of either family; an empty list means that there is no
   *     translator
   * @return in the order of the answer, without duplicates
   */
  public static List<Nat64Prefix> discover(List<InetAddress> answer) {
    List<Nat64Prefix> found = new ArrayList<>();
    for (InetAddress address : answer) {
      List<Nat64Prefix> possible = possible(address);
      if (possible.size() > 1) {
        possible.removeIf(prefix -> !isConfirmed(prefix, address, answer));
      }
      if (possible.size() == 1 && !found.contains(possible.get(0))) {
        found.add(possible.get(0));
      }
    }
    return List.copyOf(found);
  }

  private static List<Nat64Prefix> possible(InetAddress address) {
    List<Nat64Prefix> possible = new ArrayList<>();
    byte[] bytes = address.getAddress();
    for (int length : LENGTHS) {
      if (bytes.length == 16 && bytes[ZERO_OCTET] == 0 && !(length == 96 && isIpv4(bytes))) {
        byte[] ipv4 = embedded(bytes, length);
        if (Arrays.equals(ipv4, WELL_KNOWN[0]) || Arrays.equals(ipv4, WELL_KNOWN[1])) {
          possible.add(new Nat64Prefix(bytes, length));
        }
      }
    }
    return possible;
  }

  /** Whether an address is in ::ffff:0:0/96 or in ::/96. */
  private static boolean isIpv4(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == bytes[11] && (bytes[10] == 0 || bytes[10] == -1);
  }

  /**
   * Whether another address of the answer has the same prefix and, at the same place, the other
   * well-known IPv4 address.
   */
  private static boolean isConfirmed(Nat64Prefix prefix, InetAddress by, List<InetAddress> answer) {
    byte[] seen = embedded(by.getAddress(), prefix.length);
    return answer.stream()
        .anyMatch(
            other ->
                possible(other).contains(prefix)
                    && !Arrays.equals(embedded(other.getAddress(), prefix.length), seen));
  }

  /**
   * The IPv6 address that stands for an IPv4 address.
   *
   * @param host the host name that the result carries, or null
   * @return null if there is none. 0.0.0.0/8, loopback, link-local, multicast and 240.0.0.0/4
   *     addresses are not translated; the well-known prefix does not translate private ones either
   *     (RFC 6052 section 3.1)
   */
  public InetAddress synthesize(Inet4Address address, String host) {
    byte[] ipv4 = address.getAddress();
    if (ipv4[0] == 0
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || (ipv4[0] & 0xff) >= 240
        || (isWellKnown() && address.isSiteLocalAddress())) {
      return null;
    }
    byte[] bytes = prefix.clone();
    for (int i = 0; i < 4; i++) {
      bytes[place(length, i)] = ipv4[i];
    }
    return address(host, bytes);
  }

  /** The IPv4 address that an address behind this prefix stands for; null for any other address. */
  public InetAddress extract(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != 16
        || bytes[ZERO_OCTET] != 0
        || PolicyTable.commonBits(prefix, bytes) < length) {
      return null;
    }
    return address(null, embedded(bytes, length));
  }

  private boolean isWellKnown() {
    return length == 96 && Arrays.equals(prefix, Arrays.copyOf(WELL_KNOWN_PREFIX, 16));
  }

  private static byte[] embedded(byte[] bytes, int length) {
    byte[] ipv4 = new byte[4];
    for (int i = 0; i < 4; i++) {
      ipv4[i] = bytes[place(length, i)];
    }
    return ipv4;
  }

  /**
   * The index of the byte that holds an octet of the IPv4 address: the octets follow the prefix,
   * but skip the octet of bits 64 to 71, which is zero.
   */
  private static int place(int length, int octet) {
    int place = length / 8 + octet;
    return length < 96 && place >= ZERO_OCTET ? place + 1 : place;
  }

  private static InetAddress address(String host, byte[] bytes) {
    try {
      return InetAddress.getByAddress(host, bytes);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // 4 or 16 bytes are always an address
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nat64Prefix that
        && length == that.length
        && Arrays.equals(prefix, that.prefix);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prefix) + length;
  }

  /** For example {@code 64:ff9b:0:0:0:0:0:0/96}. */
  @Override
  public String toString() {
    return address(null, prefix).getHostAddress() + "/" + length;
  }
}
