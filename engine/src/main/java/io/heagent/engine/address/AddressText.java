package io.heagent.engine.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Formats addresses for people. Pure and thread-safe; never looks anything up. */
public final class AddressText {

  private AddressText() {}

  /**
   * The address alone, without host name: {@code 192.0.2.1}, {@code [2001:db8::1]}, {@code
   * [fe80::1%eth0]}. IPv6 in brackets and shortened as RFC 5952 section 4 says, scope kept.
   *
   * @param address not null
   */
  public static String of(InetAddress address) {
    String plain = address.getHostAddress();
    if (!(address instanceof Inet6Address)) {
      return plain;
    }
    int percent = plain.indexOf('%');
    String scope = percent < 0 ? "" : plain.substring(percent);
    return "[" + shortened(address.getAddress()) + scope + "]";
  }

  /**
   * Host and port with a colon between; a host that is an IPv6 literal gets brackets.
   *
   * @param host as the caller wrote it, not null
   */
  public static String hostAndPort(String host, int port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }

  private static String shortened(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int gapStart = -1;
    int gapLength = 1; // a single zero group is not shortened
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gapStart = i;
        gapLength = end - i;
      }
      i = Math.max(i, end - 1);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        boolean afterColon = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(afterColon ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
