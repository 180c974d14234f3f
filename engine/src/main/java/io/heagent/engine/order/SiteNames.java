package io.heagent.engine.order;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows the names that a site controls itself, so that no stranger decides which addresses they
 * have: names of one label, which are looked up in the site's domains; names under a domain of the
 * system's search list; names under {@code .internal} (ICANN, 2024), {@code .home.arpa} (RFC 8375)
 * and {@code .local} (RFC 6762), which nobody can register; and names in the hosts file.
 *
 * <p>A name with any character but letters, digits, hyphens, underscores and dots never counts as
 * the site's own: a resolver may end it at a NUL, or take an ideographic full stop for a dot.
 * Immutable and thread-safe.
 */
public final class SiteNames {

  /** Knows neither domains nor a hosts file. */
  public static final SiteNames NONE = new SiteNames(Set.of(), Set.of());

  private static final Pattern COMMENT = Pattern.compile("[#;].*");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private static final Set<String> RESERVED = Set.of("internal", "home.arpa", "local");

  private final Set<String> domains;
  private final Set<String> hosts;

  private SiteNames(Set<String> domains, Set<String> hosts) {
    this.domains = domains;
    this.hosts = hosts;
  }

  /**
   * Reads the site's names from the lines of two files.
   *
   * @param resolver lines of resolv.conf; the last {@code search} or {@code domain} line counts, as
   *     it does for the system
   * @param hosts lines of a hosts file
   */
  public static SiteNames of(List<String> resolver, List<String> hosts) {
    Set<String> domains = Set.of();
    for (String line : resolver) {
      String[] fields = fields(line);
      if (fields[0].equals("search") || fields[0].equals("domain")) {
        domains = names(fields);
      }
    }
    Set<String> listed = new HashSet<>();
    for (String line : hosts) {
      listed.addAll(names(fields(line)));
    }
    return new SiteNames(domains, listed);
  }

  private static String[] fields(String line) {
    return SPACE.split(COMMENT.matcher(line).replaceFirst("").trim(), -1);
  }

  /**
   * The names in all fields but the first. The root ({@code search .}) is left out, because every
   * name is under it.
   */
  private static Set<String> names(String[] fields) {
    Set<String> names = new HashSet<>();
    for (int i = 1; i < fields.length; i++) {
      String name = normal(fields[i]);
      if (isPlain(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Whether a name is the site's own by its form, whatever the files say. */
  public static boolean isOwnByForm(String host) {
    // A single label that ends with a dot is a top-level domain, which is not looked up in the
    // site's domains.
    boolean label = host.indexOf('.') < 0;
    String name = normal(host);
    return isPlain(name) && (label || isUnder(RESERVED, name));
  }

  /** Whether a name is the site's own, by its form or by the files. */
  public boolean contains(String host) {
    String name = normal(host);
    return isPlain(name) && (isOwnByForm(host) || hosts.contains(name) || isUnder(domains, name));
  }

  private static boolean isUnder(Set<String> domains, String name) {
    for (int dot = -1; ; ) {
      if (domains.contains(name.substring(dot + 1))) {
        return true;
      }
      dot = name.indexOf('.', dot + 1);
      if (dot < 0) {
        return false;
      }
    }
  }

  /**
   * Whether the name consists of letters, digits, hyphens and underscores, with single dots between
   * the labels.
   */
  private static boolean isPlain(String name) {
    char before = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!letter && (c != '.' || before == '.')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
