package io.heagent.engine.address;

/**
 * Knows which host texts {@link java.net.InetAddress#getByName} settles by itself, without asking
 * any resolver. The rules are those of JDK 17 and 25 (their answers to some 80 texts are this
 * class's test); pure and thread-safe.
 */
public final class Literals {

  private static final int LONGEST_DECIMAL = 15;

  private Literals() {}

  /**
   * Whether the JDK takes the host for an IP literal and asks no resolver. That includes malformed
   * literals, which the JDK refuses without a look-up: {@code [::1}, {@code 1:2:3}, a scope that
   * names no interface, and ambiguous IPv4 forms such as {@code 0x7f.1} (refused unless {@code
   * jdk.net.allowAmbiguousIPAddressLiterals} is set). It excludes numbers out of range, such as
   * {@code 256.1.1.1}, and {@code 1.2.3.4.5}: these the JDK looks up.
   *
   * @param host not null; the empty text counts as a literal, because the JDK reads it as the
   *     loopback address
   */
  public static boolean isLiteral(String host) {
    if (host.isEmpty()) {
      return true;
    }
    char first = host.charAt(0);
    if (first == '[' || first == ':') {
      return true;
    }
    if (host.indexOf(':') >= 0) {
      return isAsciiDigit(first, 16);
    }
    return isAsciiDigit(first, 10) && isIpv4(host);
  }

  private static boolean isIpv4(String host) {
    String[] fields = host.split("\\.", -1);
    if (fields.length > 4) {
      return false;
    }
    return (host.length() <= LONGEST_DECIMAL && fit(fields, true)) || fit(fields, false);
  }

  /**
   * Whether one to four numbers form an IPv4 address: each but the last is one byte, and the last
   * fills all bytes that remain.
   */
  private static boolean fit(String[] fields, boolean decimal) {
    for (int i = 0; i < fields.length; i++) {
      int bytes = i < fields.length - 1 ? 1 : 5 - fields.length;
      long value = value(fields[i], decimal);
      if (value < 0 || value >= 1L << (8 * bytes)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The number, or -1 if it is none. Unless {@code decimal}, a leading 0x means hexadecimal and a
   * leading 0 octal.
   */
  private static long value(String field, boolean decimal) {
    int radix = 10;
    int start = 0;
    if (!decimal && field.length() > 1 && field.charAt(0) == '0') {
      boolean hex = field.charAt(1) == 'x' || field.charAt(1) == 'X';
      radix = hex ? 16 : 8;
      start = hex ? 2 : 1;
    }
    if (start == field.length()) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < field.length(); i++) {
      if (!isAsciiDigit(field.charAt(i), radix)) {
        return -1;
      }
      // The number saturates above 32 bits, where it fits nowhere; a limit of digits would not do,
      // because many leading zeros are legal.
      value = Math.min(value * radix + Character.digit(field.charAt(i), radix), 1L << 33);
    }
    return value;
  }

  /** ASCII only: the JDK does not take the digits of other scripts for digits here. */
  private static boolean isAsciiDigit(char c, int radix) {
    return c < 128 && Character.digit(c, radix) >= 0;
  }
}
