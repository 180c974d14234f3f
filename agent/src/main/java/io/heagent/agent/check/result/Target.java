package io.heagent.agent.check.result;

import io.heagent.engine.address.AddressText;

/**
 * The host and port to connect to.
 *
 * @param host a name or an IP literal, without brackets
 * @param port 1 to 65535
 */
public record Target(String host, int port) {

  /** The port if none is given. */
  public static final int DEFAULT_PORT = 443;

  private static final int MOST_DIGITS = 5;

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, {@code [IPV6]:PORT} or a bare IPv6 literal.
   *
   * @throws IllegalArgumentException if it is none of these; the message says what is allowed
   */
  public static Target parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    int close = text.indexOf(']');
    boolean bareIpv6 = !bracketed && colon != text.indexOf(':');
    if (text.contains("://")) {
      throw new IllegalArgumentException(text + " is a URL; allowed is HOST[:PORT]");
    } else if (bareIpv6 || colon < 0 || (bracketed && colon < close)) {
      return of(text, bracketed, text, DEFAULT_PORT);
    }
    return of(text, bracketed, text.substring(0, colon), port(text, text.substring(colon + 1)));
  }

  private static Target of(String text, boolean bracketed, String host, int port) {
    if (bracketed && !host.endsWith("]")) {
      throw refused(text);
    }
    String name = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean odd = name.chars().anyMatch(c -> c <= ' ' || "/@[]?#".indexOf(c) >= 0 || c == 127);
    if (name.isEmpty() || name.startsWith("-") || odd) {
      throw refused(text);
    }
    return new Target(name, port);
  }

  private static int port(String text, String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = number ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 0xffff) {
      throw refused(text);
    }
    return port;
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        text + ": allowed is HOST[:PORT], the port from 1 to 65535, IPv6 literals as [::1]:443");
  }

  /** The host and the port, separated by a colon. */
  @Override
  public String toString() {
    return AddressText.hostAndPort(host, port);
  }
}
