package io.heagent.testkit;

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
  EMPTY
}
