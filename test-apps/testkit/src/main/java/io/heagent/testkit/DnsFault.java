package io.heagent.testkit;

import java.util.Locale;

/** What a DNS server may make of a question. */
public enum DnsFault {
  /** Answers at once. */
  NONE,
  /** Answers right, {@link DnsServer#SLOW_MILLIS} late. */
  SLOW,
  /** Never answers: the packet is lost, or a middlebox drops what it does not know. */
  LOST,
  SERVFAIL,
  NXDOMAIN,
  /** The name exists, and has no such record. */
  EMPTY;

  /**
   * What a question of this type for this name is to meet, which the first label of the name says.
   */
  static DnsFault of(String name, String type) {
    String first = name.substring(0, Math.max(0, name.indexOf('.')));
    if (first.equals("none")) {
      return NONE;
    }
    for (DnsFault fault : values()) {
      String prefix = fault.name().toLowerCase(Locale.ROOT) + "-";
      if (first.equals(prefix + "a") || first.equals(prefix + "aaaa")) {
        boolean meant = first.equals(prefix + type.toLowerCase(Locale.ROOT));
        return meant ? fault : NONE;
      }
    }
    return NXDOMAIN;
  }
}
