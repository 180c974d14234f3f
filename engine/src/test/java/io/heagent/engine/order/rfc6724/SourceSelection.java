package io.heagent.engine.order.rfc6724;

import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.order.AddressScope;
import io.heagent.engine.order.Candidate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Source address selection (RFC 6724 section 5, without rules 5 and 5.5, which compare interfaces),
 * as the examples of section 10 need it. Outside of tests the system does this.
 *
 * @param address one of this host's addresses
 * @param flags any of "deprecated", "home", "care-of", "temporary", separated by commas
 */
record SourceSelection(InetAddress address, String flags) {

  /** Addresses as the RFC writes them: {@code "fe80::1(deprecated) 2001:db8::1"}. */
  static List<SourceSelection> of(String text) {
    List<SourceSelection> sources = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      int flags = word.indexOf('(');
      sources.add(
          flags < 0
              ? new SourceSelection(ip(word), "")
              : new SourceSelection(
                  ip(word.substring(0, flags)), word.substring(flags + 1, word.length() - 1)));
    }
    return sources;
  }

  /** The best source for a destination; null if there is none of its family. */
  static SourceSelection select(InetAddress destination, List<SourceSelection> sources) {
    SourceSelection best = null;
    for (SourceSelection source : sources) {
      if (source.address.getClass() == destination.getClass()
          && (best == null || source.isBetter(best, destination))) {
        best = source;
      }
    }
    return best;
  }

  Candidate towards(InetAddress destination) {
    Candidate candidate = Candidate.of(destination, address);
    if (has("deprecated")) {
      candidate = candidate.withDeprecatedSource();
    }
    if (has("care-of") && !has("home")) {
      candidate = candidate.withMobility(Candidate.Mobility.CARE_OF);
    }
    return candidate;
  }

  private boolean has(String flag) {
    return flags.contains(flag);
  }

  private boolean isBetter(SourceSelection other, InetAddress destination) {
    boolean same = address.equals(destination); // rule 1
    if (same || other.address.equals(destination)) {
      return same;
    }
    int mine = AddressScope.of(address); // rule 2
    int others = AddressScope.of(other.address);
    int wanted = AddressScope.of(destination);
    if (mine != others) {
      return mine < others ? mine >= wanted : others < wanted;
    }
    if (has("deprecated") != other.has("deprecated")) { // rule 3
      return other.has("deprecated");
    }
    if (has("home") != other.has("home")) { // rule 4
      return has("home");
    }
    PolicyTable table = PolicyTable.DEFAULT;
    boolean label = table.label(address) == table.label(destination); // rule 6
    if (label != (table.label(other.address) == table.label(destination))) {
      return label;
    }
    if (has("temporary") != other.has("temporary")) { // rule 7
      return has("temporary");
    }
    return common(destination) > other.common(destination); // rule 8
  }

  private int common(InetAddress destination) {
    return Math.min(64, PolicyTable.commonBits(address.getAddress(), destination.getAddress()));
  }

  static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
