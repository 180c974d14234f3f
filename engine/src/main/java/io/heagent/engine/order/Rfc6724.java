package io.heagent.engine.order;

import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.address.PolicyTable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Destination address selection: the ten rules of RFC 6724 section 6, and the rule that RFC 8305
 * section 4 adds for clients that keep a history. Pure and thread-safe; the results contain the
 * given address objects, with their host names and scopes.
 *
 * <ol>
 *   <li>Avoid unusable destinations: those without a source go last, in the given order.
 *   <li>Prefer matching scope.
 *   <li>Avoid deprecated addresses.
 *   <li>Prefer home addresses.
 *   <li>Prefer matching label.
 *   <li>Prefer higher precedence.
 *   <li>Prefer native transport.
 *   <li>Prefer smaller scope. <em>Then (RFC 8305 section 4): lower known connect time; a known one
 *       over none.</em>
 *   <li>Use longest matching prefix, within one family.
 *   <li>Otherwise, leave the order unchanged.
 * </ol>
 */
public final class Rfc6724 {

  private Rfc6724() {}

  /** Sorts candidates into a new, unmodifiable list. */
  public static List<Candidate> sort(List<Candidate> candidates, PolicyTable table) {
    // Insertion sort and not List.sort, which demands a transitive order: rule 9 compares within a
    // family only, so the order need not be transitive if a table gives both families the same
    // precedence.
    List<Candidate> sorted = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      int place = sorted.size();
      while (place > 0 && compare(candidate, sorted.get(place - 1), table) < 0) {
        place--;
      }
      sorted.add(place, candidate);
    }
    return List.copyOf(sorted);
  }

  /**
   * Sorts destinations of which only the sources are known.
   *
   * @param sources returns the source for a destination, or null; called once for each, in order
   */
  public static List<InetAddress> sort(
      List<InetAddress> destinations,
      Function<? super InetAddress, ? extends InetAddress> sources,
      PolicyTable table) {
    return sort(destinations, sources, table, List.of());
  }

  /**
   * The same on a network with NAT64: an address under one of the prefixes is sorted as the IPv4
   * address that it stands for (draft-ietf-happy-happyeyeballs-v3), so that it ranks below native
   * IPv6.
   */
  public static List<InetAddress> sort(
      List<InetAddress> destinations,
      Function<? super InetAddress, ? extends InetAddress> sources,
      PolicyTable table,
      List<Nat64Prefix> prefixes) {
    List<Candidate> candidates = new ArrayList<>(destinations.size());
    IdentityHashMap<Candidate, InetAddress> given = new IdentityHashMap<>();
    for (InetAddress destination : destinations) {
      Candidate candidate = candidate(destination, sources.apply(destination), prefixes);
      candidates.add(candidate);
      given.put(candidate, destination);
    }
    return sort(candidates, table).stream().map(given::get).toList();
  }

  private static Candidate candidate(
      InetAddress destination, InetAddress source, List<Nat64Prefix> prefixes) {
    for (Nat64Prefix prefix : prefixes) {
      InetAddress ipv4 = prefix.extract(destination);
      if (ipv4 != null) {
        // The host has no real IPv4 source for it; the IPv4 address itself stands for the source,
        // so that scope and label match.
        return Candidate.of(ipv4, source == null ? null : ipv4);
      }
    }
    return Candidate.of(destination, source);
  }

  /** Negative if {@code a} is preferred, 0 if no rule tells them apart. */
  static int compare(Candidate a, Candidate b, PolicyTable table) {
    if (a.source() == null || b.source() == null) {
      return preferTrue(a.source() != null, b.source() != null); // 1
    }
    int result = preferTrue(scopeMatches(a), scopeMatches(b)); // 2
    if (result == 0) {
      result = preferTrue(!a.deprecated(), !b.deprecated()); // 3
    }
    if (result == 0) {
      result = b.mobility().compareTo(a.mobility()); // 4
    }
    if (result == 0) {
      result = preferTrue(labelMatches(a, table), labelMatches(b, table)); // 5
    }
    if (result == 0) {
      int precedence = table.precedence(a.destination());
      result = Integer.compare(table.precedence(b.destination()), precedence); // 6
    }
    if (result == 0) {
      result = preferTrue(a.nativeTransport(), b.nativeTransport()); // 7
    }
    if (result == 0) {
      int scope = AddressScope.of(a.destination());
      result = Integer.compare(scope, AddressScope.of(b.destination())); // 8
    }
    if (result == 0) {
      // Compared as unsigned numbers, -1 ("none") is the greatest.
      result = Long.compareUnsigned(a.historicalNanos(), b.historicalNanos());
    }
    if (result == 0 && a.destination().getClass() == b.destination().getClass()) {
      result = Integer.compare(commonPrefix(b), commonPrefix(a)); // 9
    }
    return result;
  }

  private static boolean scopeMatches(Candidate candidate) {
    return AddressScope.of(candidate.destination()) == AddressScope.of(candidate.source());
  }

  private static boolean labelMatches(Candidate candidate, PolicyTable table) {
    return table.label(candidate.source()) == table.label(candidate.destination());
  }

  /** CommonPrefixLen(S, D) of RFC 6724 section 2.2, at most the length of the source's prefix. */
  private static int commonPrefix(Candidate candidate) {
    byte[] source = candidate.source().getAddress();
    byte[] destination = candidate.destination().getAddress();
    if (source.length != destination.length) {
      return 0;
    }
    return Math.min(candidate.sourcePrefixLength(), PolicyTable.commonBits(source, destination));
  }

  private static int preferTrue(boolean a, boolean b) {
    return Boolean.compare(b, a);
  }
}
