package io.heagent.agent.connect.candidates;

import io.heagent.agent.config.rule.RaceRule.Scope;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.log.Log;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.resolve.SiteFiles;
import io.heagent.engine.address.AddressText;
import io.heagent.engine.order.AddressSpace;
import io.heagent.engine.order.CandidateFilter.LeftOut;
import io.heagent.engine.order.CandidateFilter.Parted;
import io.heagent.engine.order.ScopeGuard.Barrier;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Keeps a race from dialling siblings that are more private than the address that the program gave,
 * as the setting {@code scope} says, and logs which siblings it has kept out. The engine's {@code
 * ScopeGuard} decides which address is more private, and {@link SiteFiles} which names are the
 * site's own. Any thread.
 */
public final class SiblingGuard {

  /**
   * A line is logged for at most so many names, once for each: a crawler connects to endless names.
   */
  static final int MAX_NAMES = 1_000;

  /**
   * The timers of {@link #site}, which is made when it is first needed; null for a guard that reads
   * no files of the system's.
   */
  private final Scheduler time;

  /** Null before the first question about a name. Written under this object's monitor. */
  private volatile SiteFiles site;

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Counts the addresses that are missed; null where nobody does. */
  private final Observer observer;

  /**
   * A guard that knows the names of this system's site.
   *
   * @param time null for a guard to which no name is the site's own
   * @param observer counts the addresses that are missed; null for nobody
   */
  public SiblingGuard(Scheduler time, Observer observer) {
    this(time, null, observer);
  }

  private SiblingGuard(Scheduler time, SiteFiles site, Observer observer) {
    this.time = time;
    this.site = site;
    this.observer = observer;
  }

  /**
   * A guard for tests.
   *
   * @param site knows the names of the site's own; null if there are none
   */
  SiblingGuard(SiteFiles site) {
    this(null, site, null);
  }

  private SiteFiles site() {
    SiteFiles made = site;
    return made == null ? makeSite() : made;
  }

  private synchronized SiteFiles makeSite() {
    if (site == null) {
      site = SiteFiles.ofSystem(time);
    }
    return site;
  }

  /**
   * What the guard has made of the addresses of a name.
   *
   * @param addresses all addresses of the name
   * @param allowed the addresses that may be dialled
   * @param leftOut the addresses that the guard keeps out
   * @param pending whether more may be allowed once the files of the site have been read
   */
  record Sifted(
      List<InetAddress> addresses,
      List<InetAddress> allowed,
      List<LeftOut> leftOut,
      boolean pending) {}

  /**
   * Parts the addresses of a name into those that may be dialled and the others. It never waits.
   *
   * @param whenKnown run by another thread when something pending may be known; null for nothing
   */
  Sifted sift(
      CandidateRules rules,
      InetAddress requested,
      List<InetAddress> addresses,
      Runnable whenKnown) {
    ConnectRequest request = rules.request();
    boolean free = !request.isVetted() || request.rule().scope() == Scope.ANY;
    Barrier limit = free ? Barrier.HOST : Barrier.NONE;
    Parted parted = rules.filter(requested, limit).part(addresses);
    boolean pending = false;
    if (!free && isUpToTheName(request, parted.leftOut())) {
      SiteFiles.Answer answer = site().isOwn(request.host(), whenKnown);
      pending = answer == SiteFiles.Answer.UNKNOWN;
      if (answer == SiteFiles.Answer.OWN) {
        parted = rules.filter(requested, Barrier.SITE).part(addresses);
      }
    }
    return new Sifted(addresses, parted.allowed(), parted.leftOut(), pending);
  }

  /** Whether an address was left out that would be allowed if the name were the site's own. */
  private boolean isUpToTheName(ConnectRequest request, List<LeftOut> leftOut) {
    return (time != null || site != null)
        && request.rule().scope() == Scope.AUTO
        && hasSite(leftOut);
  }

  private static boolean hasSite(List<LeftOut> leftOut) {
    for (LeftOut one : leftOut) {
      if (one.barrier() == Barrier.SITE) {
        return true;
      }
    }
    return false;
  }

  /**
   * Logs the addresses that were left out. Called once the first address has failed or is late, so
   * that the race could have used them.
   */
  void tell(CandidateRules rules, InetAddress requested, Sifted sifted) {
    ConnectRequest request = rules.request();
    List<LeftOut> leftOut = sifted.leftOut();
    if (leftOut.isEmpty()) {
      return;
    }
    if (observer != null) {
      observer.guarded(leftOut.size());
    }
    String to = AddressText.hostAndPort(request.host(), request.port()) + ": ";
    if (Log.isDebug()) {
      for (LeftOut one : leftOut) {
        Log.debug(to + AddressText.of(one.address()) + " is not tried: " + reason(rules, one));
      }
    }
    if (isUpToTheName(request, leftOut) && told.size() < MAX_NAMES && told.add(request.host())) {
      Log.warn(missed(rules, requested, to, leftOut));
    }
  }

  private static String reason(CandidateRules rules, LeftOut one) {
    String is = "it is " + space(one.address(), rules).words();
    if (one.barrier() == Barrier.ALWAYS) {
      return is + ", which no connect is led to";
    }
    return is
        + ", and "
        + AddressText.of(one.given())
        + ", which was asked for, is not (scope="
        + rules.request().rule().scope().text()
        + ")";
  }

  private static String missed(
      CandidateRules rules, InetAddress requested, String to, List<LeftOut> leftOut) {
    List<InetAddress> missed =
        leftOut.stream()
            .filter(one -> one.barrier() == Barrier.SITE)
            .map(LeftOut::address)
            .toList();
    String names = missed.stream().map(AddressText::of).collect(Collectors.joining(", "));
    return to
        + AddressText.of(requested)
        + " failed or was late, and "
        + names
        + (missed.size() == 1 ? " was" : " were")
        + " not tried: "
        + space(missed.get(0), rules).words()
        + ", and nothing says that the name is this site's own; scope=any allows it, scope=strict"
        + " silences this line";
  }

  private static AddressSpace space(InetAddress address, CandidateRules rules) {
    return AddressSpace.of(address, rules.translators());
  }
}
