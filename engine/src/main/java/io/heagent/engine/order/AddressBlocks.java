package io.heagent.engine.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The special blocks of addresses, and the {@link AddressSpace} of each.
 *
 * <p>Sources: IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190; as of
 * October 2025), of which only entries with "Globally Reachable" true are global; IANA's IPv6
 * Address Space: unicast is given out from 2000::/3 only; RFC 1112 and RFC 4291 for multicast. An
 * IPv4 address in no block is global, an IPv6 one is not. 2001::/32 (Teredo) and 2002::/16 (6to4)
 * are as global as the IPv4 addresses inside, which {@link EmbeddedIpv4} finds.
 *
 * <p>The addresses of metadata services are those that their operators document: 169.254.169.254
 * (AWS, Google, Azure, Oracle, OpenStack and most others), fd00:ec2::254 (AWS, instance metadata),
 * 169.254.170.2 (AWS, credentials of ECS tasks), 169.254.170.23 and fd00:ec2::23 (AWS, EKS Pod
 * Identity), fd20:ce::254 (Google, hosts with IPv6 only), 169.254.169.252 (Google, GKE's metadata
 * server on each node), 168.63.129.16 (Azure, WireServer), 192.0.0.192 (Oracle Cloud Classic),
 * fd00:c1::a9fe:a9fe (Oracle), 100.100.100.200 and fd00:100::100:200 (Alibaba), 169.254.0.23 and
 * 169.254.10.10 (Tencent), 169.254.42.42 and fd00:42::42 (Scaleway), fd00:a9fe:a9fe::1 (Akamai),
 * fe80::a9fe:a9fe (OpenStack, Akamai).
 */
final class AddressBlocks {

  private static final AddressBlocks IPV4 =
      new AddressBlocks()
          .with(
              AddressSpace.METADATA,
              "169.254.169.254/32 169.254.170.2/32 169.254.170.23/32 169.254.169.252/32"
                  + " 168.63.129.16/32 192.0.0.192/32 100.100.100.200/32"
                  + " 169.254.0.23/32 169.254.10.10/32 169.254.42.42/32")
          // Anycast addresses of PCP (RFC 7723) and TURN (RFC 8155).
          .with(AddressSpace.GLOBAL, "192.0.0.9/32 192.0.0.10/32")
          .with(AddressSpace.SPECIAL, "0.0.0.0/8 224.0.0.0/4 240.0.0.0/4")
          .with(AddressSpace.LOOPBACK, "127.0.0.0/8")
          .with(AddressSpace.LINK_LOCAL, "169.254.0.0/16")
          .with(AddressSpace.PRIVATE, "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10")
          // IETF protocols, documentation, the former 6to4 relays, benchmarking.
          .with(
              AddressSpace.RESERVED,
              "192.0.0.0/24 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24"
                  + " 192.88.99.0/24 198.18.0.0/15");

  private static final AddressBlocks IPV6 =
      new AddressBlocks()
          .with(
              AddressSpace.METADATA,
              "fd00:ec2::254/128 fd00:ec2::23/128 fd20:ce::254/128 fd00:c1::a9fe:a9fe/128"
                  + " fd00:100::100:200/128 fd00:42::42/128 fd00:a9fe:a9fe::1/128"
                  + " fe80::a9fe:a9fe/128")
          .with(AddressSpace.SPECIAL, "::/128 ff00::/8")
          .with(AddressSpace.LOOPBACK, "::1/128")
          .with(AddressSpace.LINK_LOCAL, "fe80::/10")
          .with(AddressSpace.PRIVATE, "fc00::/7 fec0::/10")
          // NAT64, then what is global in 2001::/23: Teredo, anycast, AMT, AS112, ORCHIDv2, DRIP.
          .with(
              AddressSpace.GLOBAL,
              "64:ff9b::/96 2001::/32 2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:3::/32"
                  + " 2001:4:112::/48 2001:20::/28 2001:30::/28")
          // Translators of a network's own; IETF protocols and benchmarking; documentation.
          .with(AddressSpace.RESERVED, "64:ff9b:1::/48 2001::/23 2001:db8::/32 3fff::/20")
          .with(AddressSpace.GLOBAL, "2000::/3")
          .with(AddressSpace.SPECIAL, "::/0");

  /** The blocks of one family. The first block that contains an address decides. */
  private final List<Block> blocks = new ArrayList<>(40);

  private static final class Block {
    final byte[] prefix;
    final int length;
    final AddressSpace space;

    Block(byte[] prefix, int length, AddressSpace space) {
      this.prefix = prefix;
      this.length = length;
      this.space = space;
    }

    boolean contains(byte[] address) {
      int whole = length / 8;
      if (!Arrays.equals(prefix, 0, whole, address, 0, whole)) {
        return false;
      }
      int rest = length % 8;
      return rest == 0 || ((prefix[whole] ^ address[whole]) & 0xff) >>> (8 - rest) == 0;
    }
  }

  private AddressBlocks() {}

  /**
   * The space of an address by its own bits.
   *
   * @param address 4 bytes, or 16 that are not an IPv4-mapped address
   */
  static AddressSpace spaceOf(byte[] address) {
    List<Block> blocks = (address.length == 4 ? IPV4 : IPV6).blocks;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.contains(address)) {
        return block.space;
      }
    }
    return AddressSpace.GLOBAL;
  }

  /** Adds blocks after the present ones; called only while the tables are made. */
  private AddressBlocks with(AddressSpace space, String prefixes) {
    for (int start = 0; start < prefixes.length(); ) {
      int slash = prefixes.indexOf('/', start);
      int blank = prefixes.indexOf(' ', slash);
      int end = blank < 0 ? prefixes.length() : blank;
      int length = Integer.parseInt(prefixes, slash + 1, end, 10);
      blocks.add(new Block(bytes(prefixes.substring(start, slash)), length, space));
      start = end + 1;
    }
    return this;
  }

  /**
   * The bytes of a literal of the tables. {@link java.net.InetAddress#getByName} would take
   * milliseconds for all of them in a JVM that has compiled nothing yet, and the first race would
   * wait for that.
   *
   * @param literal complete and correct, without a scope, and without dotted IPv4 notation inside
   *     IPv6
   */
  static byte[] bytes(String literal) {
    boolean ipv4 = literal.indexOf(':') < 0;
    byte[] bytes = new byte[ipv4 ? 4 : 16];
    int filled = 0;
    int gap = -1;
    int number = 0;
    boolean anyDigit = false;
    for (int i = 0; i <= literal.length(); i++) {
      char c = i < literal.length() ? literal.charAt(i) : ' ';
      int digit = Character.digit(c, ipv4 ? 10 : 16);
      if (digit >= 0) {
        number = number * (ipv4 ? 10 : 16) + digit;
        anyDigit = true;
      } else if (anyDigit) {
        if (!ipv4) {
          bytes[filled++] = (byte) (number >> 8);
        }
        bytes[filled++] = (byte) number;
        number = 0;
        anyDigit = false;
      } else if (c == ':') {
        gap = filled; // "::" stands for as many zeros as are missing
      }
    }
    if (gap >= 0) {
      int behind = filled - gap;
      System.arraycopy(bytes, gap, bytes, bytes.length - behind, behind);
      Arrays.fill(bytes, gap, bytes.length - behind, (byte) 0);
    }
    return bytes;
  }
}
