package io.heagent.engine.order;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A destination, and the facts about it by which {@link Rfc6724} sorts (RFC 6724 section 6, RFC
 * 8305 section 4). Immutable.
 *
 * @param destination where to connect to; not null
 * @param source the address that this host would connect from; null if it has none, so that the
 *     destination cannot be reached
 * @param sourcePrefixLength how many leading bits of the source identify its network, 0 to 128;
 *     rule 9 compares these bits only. 0 switches rule 9 off for this candidate
 * @param deprecated whether the source is deprecated (RFC 4862), for rule 3
 * @param mobility the role of the source in Mobile IPv6, for rule 4; not null
 * @param nativeTransport false if the destination is reached through a tunnel, for rule 7
 * @param historicalNanos the smoothed connect time known for the destination, -1 if none is known,
 *     for the rule that RFC 8305 inserts between rules 8 and 9
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
    /** It is a home address only, or the host does not use Mobile IPv6. */
    HOME,
    /** It is both: the mobile node is at home. */
    HOME_AND_CARE_OF
  }

  /** Refuses a null destination or mobility with a {@link NullPointerException}. */
  public Candidate {
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(mobility, "mobility");
  }

  /**
   * A candidate of which only the source is known. The prefix of an IPv6 source has 64 bits. For
   * IPv4 rule 9 is off: it would make all clients prefer the same one of the addresses between
   * which a name server balances load (Go switches it off likewise; glibc applies it inside the
   * host's own subnet only).
   *
   * @param source null if this host has none for the destination
   */
  public static Candidate of(InetAddress destination, InetAddress source) {
    int prefix = source != null && source.getAddress().length == 16 ? 64 : 0;
    return new Candidate(destination, source, prefix, false, Mobility.HOME, true, -1);
  }

  /** A copy whose source is deprecated. */
  public Candidate withDeprecatedSource() {
    return new Candidate(
        destination, source, sourcePrefixLength, true, mobility, nativeTransport, historicalNanos);
  }

  /** A copy whose source has that role in Mobile IPv6. */
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

  /** A copy that is reached through a tunnel. */
  public Candidate throughTunnel() {
    return new Candidate(
        destination, source, sourcePrefixLength, deprecated, mobility, false, historicalNanos);
  }

  /** A copy with this connect time in nanoseconds, -1 for none. */
  public Candidate withHistory(long nanos) {
    return new Candidate(
        destination, source, sourcePrefixLength, deprecated, mobility, nativeTransport, nanos);
  }

  /** A copy with this length of the source's prefix, in bits. */
  public Candidate withSourcePrefix(int bits) {
    return new Candidate(
        destination, source, bits, deprecated, mobility, nativeTransport, historicalNanos);
  }
}
