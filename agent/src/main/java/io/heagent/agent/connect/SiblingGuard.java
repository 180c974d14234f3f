package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule.Scope;
import io.heagent.agent.log.Log;
import io.heagent.engine.address.AddressText;
import io.heagent.engine.order.AddressSpace;
import io.heagent.engine.order.CandidateFilter.LeftOut;
import io.heagent.engine.order.CandidateFilter.Parted;
import io.heagent.engine.order.ScopeGuard.Barrier;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Keeps connects from being led to more private addresses than the program gave, as {@code scope}
 * says, and tells people of those kept out. What is more private is the engine's business ({@code
 * ScopeGuard}), which names are the site's own that of {@link SiteFiles}. Any thread; no lock.
 */
final class SiblingGuard {

  /** Knows no name of the site's own. */
  static final SiblingGuard STRICT = new SiblingGuard(null);

  /** So many names are told of, once each; the names of a crawler have no end. */
  static final int MAX_NAMES = 1_000;

  private final SiteFiles site;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  SiblingGuard(SiteFiles site) {
    this.site = site;
  }

  /**
   * What is left of a name's addresses.
   *
   * @param addresses all of them
   * @param allowed those that may be dialled
   * @param leftOut by the guard
   * @param pending whether more may be allowed once the files of the site have been read
   */
  record Sifted(
      List<InetAddress> addresses,
      List<InetAddress> allowed,
      List<LeftOut> leftOut,
      boolean pending) {}

  /**
   * Sifts the addresses of a name; never waits.
   *
   * @param whenKnown run by another thread when something pending may be known; null for nothing
   */
  Sifted sift(ConnectCall call, List<InetAddress> addresses, Runnable whenKnown) {
    boolean free = !call.guarded || call.rule.scope() == Scope.ANY;
    Parted parted = part(call, addresses, free ? Barrier.HOST : Barrier.NONE);
    boolean pending = false;
    if (!free && isUpToTheName(call, parted.leftOut())) {
      SiteFiles.Answer answer = site.isOwn(call.host, whenKnown);
      pending = answer == SiteFiles.Answer.UNKNOWN;
      if (answer == SiteFiles.Answer.OWN) {
        parted = part(call, addresses, Barrier.SITE);
      }
    }
    return new Sifted(addresses, parted.allowed(), parted.leftOut(), pending);
  }

  private static Parted part(ConnectCall call, List<InetAddress> addresses, Barrier limit) {
    return Siblings.filter(call, limit).part(addresses);
  }

  /** Whether an address was left out which a name of the site's own may lead to. */
  private boolean isUpToTheName(ConnectCall call, List<LeftOut> leftOut) {
    return site != null && call.rule.scope() == Scope.AUTO && hasSite(leftOut);
  }

  private static boolean hasSite(List<LeftOut> leftOut) {
    for (LeftOut one : leftOut) {
      if (one.barrier() == Barrier.SITE) {
        return true;
      }
    }
    return false;
  }

  /** The first address has failed or is late, so that what was left out is missed. */
  void tell(ConnectCall call, Sifted sifted) {
    List<LeftOut> leftOut = sifted.leftOut();
    if (leftOut.isEmpty()) {
      return;
    }
    String to = AddressText.hostAndPort(call.host, call.port) + ": ";
    if (Log.isDebug()) {
      for (LeftOut one : leftOut) {
        Log.debug(to + AddressText.of(one.address()) + " is not tried: " + reason(call, one));
      }
    }
    if (isUpToTheName(call, leftOut) && told.size() < MAX_NAMES && told.add(call.host)) {
      Log.warn(missed(call, to, leftOut));
    }
  }

  private static String reason(ConnectCall call, LeftOut one) {
    String is = "it is " + space(one.address(), call).words();
    if (one.barrier() == Barrier.ALWAYS) {
      return is + ", which no connect is led to";
    }
    return is
        + ", and "
        + AddressText.of(one.given())
        + ", which was asked for, is not (scope="
        + call.rule.scope().text()
        + ")";
  }

  private static String missed(ConnectCall call, String to, List<LeftOut> leftOut) {
    List<InetAddress> missed =
        leftOut.stream()
            .filter(one -> one.barrier() == Barrier.SITE)
            .map(LeftOut::address)
            .toList();
    String names = missed.stream().map(AddressText::of).collect(Collectors.joining(", "));
    return to
        + AddressText.of(call.requested)
        + " failed or was late, and "
        + names
        + (missed.size() == 1 ? " was" : " were")
        + " not tried: "
        + space(missed.get(0), call).words()
        + ", and nothing says that the name is this site's own; scope=any allows it, scope=strict"
        + " silences this line";
  }

  private static AddressSpace space(InetAddress address, ConnectCall call) {
    return AddressSpace.of(address, Siblings.translators(call));
  }
}
