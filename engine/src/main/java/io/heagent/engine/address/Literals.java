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
   * Whether the host is an IP literal in the JDK's eyes. So are malformed ones that the JDK refuses
   * on the text alone: {@code [::1}, {@code 1:2:3}, a scope that names no interface, and ambiguous
   * IPv4 forms such as {@code 0x7f.1} (refused unless {@code
   * jdk.net.allowAmbiguousIPAddressLiterals} is set). Not so are numbers out of range such as
   * {@code 256.1.1.1} or {@code 1.2.3.4.5}, which the JDK does look up.
   *
   * @param host not null; the empty text counts, for the JDK reads it as the loopback address
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

  /** One to four numbers: all but the last a byte, the last filling all bytes that remain. */
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

  /** The number, or -1. Unless all is decimal, a leading 0x means hexadecimal and 0 octal. */
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
      // Saturates: beyond 32 bits the number fits nowhere, and many leading zeros are legal.
      value = Math.min(value * radix + Character.digit(field.charAt(i), radix), 1L << 33);
    }
    return value;
  }

  /** ASCII only: the JDK does not take the digits of other scripts for digits here. */
  private static boolean isAsciiDigit(char c, int radix) {
    return c < 128 && Character.digit(c, radix) >= 0;
  }
}
