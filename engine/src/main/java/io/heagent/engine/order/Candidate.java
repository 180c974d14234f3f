package io.heagent.engine.order;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A destination and what its rank depends on (RFC 6724 section 6, RFC 8305 section 4).
 *
 * @param destination where to connect to
 * @param source the address that this host would connect from; null if there is none, because the
 *     destination cannot be reached
 * @param sourcePrefixLength the bits of the source that are its network's, 0 to 128: rule 9
 *     compares no more. 0 switches the rule off for this candidate
 * @param deprecated whether the source is deprecated (RFC 4862), for rule 3
 * @param mobility what Mobile IPv6 makes of the source, for rule 4
 * @param nativeTransport false if the destination is reached through a tunnel, for rule 7
 * @param historicalNanos smoothed connect time known for the destination, -1 if none, for RFC
 *     8305's rule between 8 and 9
 */
public record Candidate(
    InetAddress destination,
    InetAddress source,
    int sourcePrefixLength,
    boolean deprecated,
    Mobility mobility,
    boolean nativeTransport,
    long historicalNanos) {

  /** The roles of a source address in Mobile IPv6, from worst to best (rule 4). */
  public enum Mobility {
    /** It is a care-of address only. */
    CARE_OF,
    /** It is a home address only, or mobility has no part in it. */
    HOME,
    /** It is both: the mobile node is at home. */
    HOME_AND_CARE_OF
  }

  /** Checks that nothing but the source is null. */
  public Candidate {
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(mobility, "mobility");
  }

  /**
   * A candidate of which no more is known than its source. The prefix is 64 bits long for IPv6; for
   * IPv4 rule 9 is off, because it would always prefer the same one of the addresses among which a
   * name server balances load (Go does likewise; glibc applies it within the own subnet only).
   *
   * @param source null if there is none
   */
  public static Candidate of(InetAddress destination, InetAddress source) {
    int prefix = source != null && source.getAddress().length == 16 ? 64 : 0;
    return new Candidate(destination, source, prefix, false, Mobility.HOME, true, -1);
  }

  /** This candidate with a deprecated source. */
  public Candidate withDeprecatedSource() {
    return new Candidate(
        destination, source, sourcePrefixLength, true, mobility, nativeTransport, historicalNanos);
  }

  /** This candidate with a source of that role. */
  public Candidate withMobility(Mobility role) {
    return new Candidate(
        destination,
        source,
        sourcePrefixLength,
        deprecated,
        role,
        nativeTransport,
        historicalNanos);
  }

  /** This candidate reached through a tunnel. */
  public Candidate throughTunnel() {
    return new Candidate(
        destination, source, sourcePrefixLength, deprecated, mobility, false, historicalNanos);
  }

  /** This candidate with a known connect time in nanoseconds, -1 for none. */
  public Candidate withHistory(long nanos) {
    return new Candidate(
        destination, source, sourcePrefixLength, deprecated, mobility, nativeTransport, nanos);
  }

  /** This candidate with another length of the source's prefix. */
  public Candidate withSourcePrefix(int bits) {
    return new Candidate(
        destination, source, bits, deprecated, mobility, nativeTransport, historicalNanos);
  }
}
