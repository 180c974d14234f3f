package io.heagent.agent.config.rule;

import java.net.IDN;
import java.util.Locale;

/**
 * A pattern for hosts: {@code db.example.com}, {@code *.example.com} (names of any depth below it,
 * not itself; {@code .example.com} means the same), or {@code *}, each with an optional {@code
 * :port}. Names are compared without case and without a final dot.
 */
public final class HostPattern {

  private static final int ANY_PORT = -1;
  private static final int NO_PORT = -2;

  private final String text;
  private final String name;

  /**
   * The name in the ASCII form that DNS and most programs use, {@code xn--...}; mostly the same
   * string.
   */
  private final String ascii;

  private final boolean suffix;
  private final int port;

  private HostPattern(String text, String name, boolean suffix, int port) {
    this.text = text;
    this.name = name;
    this.ascii = ascii(name);
    this.suffix = suffix;
    this.port = port;
  }

  /** Matches nothing; takes the place of a host pattern that could not be read. */
  public static final HostPattern NONE = new HostPattern("", "", false, NO_PORT);

  /** Matches everything; takes the place of an exception that could not be read. */
  public static final HostPattern ALL = new HostPattern("*", "", true, ANY_PORT);

  /** The allowed patterns, as error messages name them. */
  public static final String ALLOWED = "a host name, *.domain or *, each with an optional :port";

  /**
   * Reads a pattern.
   *
   * @return null if the text is no pattern
   */
  public static HostPattern parse(String text) {
    String host = text;
    int port = ANY_PORT;
    int colon = text.lastIndexOf(':');
    if (colon >= 0) {
      port = port(text.substring(colon + 1));
      if (port < 0) {
        return null;
      }
      host = text.substring(0, colon);
    }
    boolean star = host.startsWith("*");
    String name = star ? host.substring(1) : host;
    if (star ? !name.isEmpty() && !name.startsWith(".") : name.isEmpty()) {
      return null;
    }
    // As in no_proxy. Without this rule a name that begins with a dot would match nothing.
    boolean suffix = star || name.startsWith(".");
    return isName(name) ? new HostPattern(text, normal(name), suffix, port) : null;
  }

  /**
   * Whether a text has only letters of any script, digits, hyphens, underscores, and single dots.
   */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      boolean dot = c == '.';
      if (dot ? name.startsWith("..", i) : !isPartOfName(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return !name.equals(".");
  }

  private static boolean isPartOfName(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || c == '-'
        || c == '_'
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        // Zero width joiner and non-joiner, which IDNA allows.
        || c == 0x200c
        || c == 0x200d;
  }

  private static int port(String digits) {
    if (digits.isEmpty() || digits.length() > 5) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    int port = Integer.parseInt(digits);
    return port <= 65535 ? port : -1;
  }

  private static String normal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") && lower.length() > 1
        ? lower.substring(0, lower.length() - 1)
        : lower;
  }

  /** Whether the pattern matches a connect to this name and port. */
  public boolean matches(String host, int toPort) {
    if (port != ANY_PORT && port != toPort) {
      return false;
    }
    if (suffix && name.isEmpty()) {
      return true;
    }
    String wanted = normal(host);
    return isMeant(wanted, name) || (!ascii.equals(name) && isMeant(wanted, ascii));
  }

  private boolean isMeant(String wanted, String as) {
    return suffix ? wanted.endsWith(as) && wanted.length() > as.length() : wanted.equals(as);
  }

  private static String ascii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        try {
          // IDN.toASCII takes a leading dot for an empty label.
          int begin = name.startsWith(".") ? 1 : 0;
          String ascii = IDN.toASCII(name.substring(begin), IDN.ALLOW_UNASSIGNED);
          return name.substring(0, begin) + ascii.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noIdn) {
          return name;
        }
      }
    }
    return name;
  }

  /** Whether the pattern matches every connect. */
  public boolean matchesAll() {
    return suffix && name.isEmpty() && port == ANY_PORT;
  }

  /** The pattern as the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
