package io.heagent.agent.resolve;

import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides for which names the system's resolver may be asked for one family at a time. If it is
 * asked for both families at once, it stops at the first source that knows any address of the name.
 * If it is asked for one family alone, it goes on from a hosts file that has only IPv4 addresses to
 * DNS for the IPv6 ones, which the line in the hosts file was meant to hide. (Go's resolver
 * respects the same.)
 *
 * <p>Any thread. What was read of the files is written under this object's monitor.
 */
final class NameServiceSwitch {

  /**
   * Sources that may stand before or beside DNS because they do not know a name for one family
   * only.
   */
  private static final Set<String> HARMLESS =
      Set.of("files", "dns", "myhostname", "mymachines", "resolve");

  private final Path hosts;
  private final Path order;

  private long read = -1;
  private Set<String> listed = Set.of();
  private boolean harmless;

  NameServiceSwitch() {
    this(Path.of("/etc/hosts"), Path.of("/etc/nsswitch.conf"));
  }

  NameServiceSwitch(Path hosts, Path order) {
    this.hosts = hosts;
    this.order = order;
  }

  /** Whether the answers for the two families of a name come from the same source. */
  synchronized boolean mayAskApart(String host) {
    long stamp = stamp(hosts.toFile()) * 31 + stamp(order.toFile());
    if (stamp != read) {
      listed = listed(SmallFile.lines(hosts));
      harmless = isHarmless(SmallFile.lines(order));
      read = stamp;
    }
    String name = normal(host);
    return harmless
        && !name.equals("localhost")
        && !name.endsWith(".localhost")
        && !listed.contains(name);
  }

  private static long stamp(File file) {
    return file.lastModified() * 31 + file.length();
  }

  private static Set<String> listed(List<String> lines) {
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      String[] fields = withoutComment(line).split("\\s+", -1);
      for (int i = 1; i < fields.length; i++) {
        names.add(normal(fields[i]));
      }
    }
    return names;
  }

  /** If there is no such line, or no file, glibc asks DNS and files. */
  private static boolean isHarmless(List<String> lines) {
    for (String line : lines) {
      String text = withoutComment(line);
      if (text.startsWith("hosts:")) {
        for (String field :
            text.substring(6).replaceAll("\\[[^]]*]", " ").trim().split("\\s+", -1)) {
          // mdns4_minimal and its variants answer only for names in .local.
          if (!HARMLESS.contains(field) && !field.startsWith("mdns")) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).trim();
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
