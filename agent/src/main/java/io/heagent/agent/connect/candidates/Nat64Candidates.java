package io.heagent.agent.connect.candidates;

import io.heagent.engine.address.Nat64Discovery;
import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.LookupSource;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates of one race that lead through a NAT64 translator. If a host with IPv6 only has
 * nothing but IPv4 addresses to dial, their translations follow them (RFC 8305, section 7.1); the
 * IPv4 addresses themselves fail at once and cause no delay. The translator's prefix is looked up
 * on another thread when it is first needed.
 */
final class Nat64Candidates {

  private final CandidateRules rules;
  private final Nat64Discovery nat64;
  private final List<InetAddress> ipv4;

  /** Null if the prefix is known. */
  private final LookupInterest lookup;

  private Nat64Candidates(CandidateRules rules, List<InetAddress> ipv4, Runnable whenKnown) {
    this.rules = rules;
    this.nat64 = rules.nat64().discovery();
    this.ipv4 = ipv4;
    Runnable listener = whenKnown == null ? LookupSource.NOBODY : whenKnown;
    this.lookup =
        nat64.isKnown() ? null : rules.lookups().join(Nat64Prefix.WELL_KNOWN_NAME, listener);
  }

  /**
   * The translations that a race needs.
   *
   * @param tried the addresses that it has dialled
   * @param left the addresses that it has not dialled yet; both have passed the scope guard
   * @param whenKnown run by another thread when {@link #isKnown} may have changed; null for nothing
   * @return null if the race needs none
   */
  static Nat64Candidates of(
      CandidateRules rules, List<InetAddress> tried, List<InetAddress> left, Runnable whenKnown) {
    if (rules.nat64() == null) {
      return null;
    }
    List<InetAddress> ipv4 = new ArrayList<>(tried);
    ipv4.addAll(left);
    for (InetAddress address : ipv4) {
      if (!(address instanceof Inet4Address)) {
        return null;
      }
    }
    boolean needed =
        !ipv4.isEmpty()
            && rules.nat64().isNeeded(ipv4.get(0))
            && !rules.request().socket().isIpv4Only();
    return needed ? new Nat64Candidates(rules, ipv4, whenKnown) : null;
  }

  /** Whether {@link #addresses} has an answer. */
  boolean isKnown() {
    if (lookup == null) {
      return true;
    }
    Known known = lookup.lookup().known();
    if (known.done() && !known.isBroken() && !nat64.isKnown()) {
      nat64.learn(known.addresses());
    }
    return known.done();
  }

  /** Called when the translations are not needed any more. */
  void close() {
    if (lookup != null) {
      lookup.leave();
    }
  }

  /** The translations, in the order of the IPv4 addresses; empty if there is no translator. */
  List<InetAddress> addresses() {
    List<InetAddress> all = nat64.translated(rules.request().host(), ipv4);
    return rules.usable(all.subList(ipv4.size(), all.size()));
  }
}
