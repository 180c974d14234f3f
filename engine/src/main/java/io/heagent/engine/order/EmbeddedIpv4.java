package io.heagent.engine.order;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the IPv4 addresses that an IPv6 address leads to if a tunnel or a translator on the way
 * unpacks it. All possible readings are returned, because the sender of a packet does not know
 * which of them the network follows. ::/64 holds deprecated forms too (RFC 4291, RFC 2765), which
 * need no reading: {@link AddressBlocks} gives that block the most private space already.
 */
final class EmbeddedIpv4 {

  private EmbeddedIpv4() {}

  /**
   * The IPv4 addresses in an IPv6 address that is not IPv4-mapped; most addresses contain none.
   *
   * @param b the 16 bytes of the address
   * @param translated whether the caller knows already what the network's own translator makes of
   *     it
   */
  static List<byte[]> in(byte[] b, boolean translated) {
    List<byte[]> found = new ArrayList<>(2);
    int first = group(b, 0);
    if (first == 0x64 && group(b, 2) == 0xff9b && !translated) {
      if (isZero(b, 4, 12)) {
        found.add(at(b, 12, 13, 14, 15)); // RFC 6052, the well-known prefix
      } else if (group(b, 4) == 1) {
        ofLocalUse(b, found);
      }
    } else if (first == 0x2002) {
      found.add(at(b, 2, 3, 4, 5)); // 6to4, RFC 3056
    } else if (first == 0x2001 && group(b, 2) == 0) {
      // Teredo, RFC 4380: the server, and the client's own address with all bits inverted.
      found.add(at(b, 4, 5, 6, 7));
      byte[] client = at(b, 12, 13, 14, 15);
      for (int i = 0; i < 4; i++) {
        client[i] = (byte) ~client[i];
      }
      found.add(client);
    }
    // ISATAP, RFC 5214: an interface identifier ::5efe:a.b.c.d or ::200:5efe:a.b.c.d in any prefix.
    if ((b[8] & 0xfd) == 0 && b[9] == 0 && group(b, 10) == 0x5efe) {
      found.add(at(b, 12, 13, 14, 15));
    }
    return found;
  }

  /**
   * 64:ff9b:1::/48 is for translators whose operators choose a prefix of any length within it (RFC
   * 8215, RFC 6052 section 2.2). Read with a wrong length, most addresses give an IPv4 address in
   * 0.0.0.0/8, to which nothing is translated; such a reading is left out if there is any other.
   */
  private static void ofLocalUse(byte[] b, List<byte[]> found) {
    List<byte[]> readings =
        List.of(
            at(b, 6, 7, 9, 10), at(b, 7, 9, 10, 11), at(b, 9, 10, 11, 12), at(b, 12, 13, 14, 15));
    for (byte[] reading : readings) {
      if (reading[0] != 0) {
        found.add(reading);
      }
    }
    if (found.isEmpty()) {
      found.addAll(readings);
    }
  }

  private static int group(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | (b[at + 1] & 0xff);
  }

  private static boolean isZero(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] at(byte[] b, int one, int two, int three, int four) {
    return new byte[] {b[one], b[two], b[three], b[four]};
  }
}
