package io.heagent.agent.connect.admission;

import io.heagent.agent.config.Settings;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.UnnamedAddress;
import io.heagent.agent.connect.candidates.Nat64Access;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.Reason;
import io.heagent.agent.resolve.LastAnswers;
import io.heagent.engine.address.Literals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import sun.nio.ch.HeCache;

/**
 * Decides by the target alone which connects are left to the JDK: those to a literal, to the one
 * address of a name, and to a host that the settings exclude. Most connects of most programs end
 * here, so this takes no lock, allocates nothing for them and loads next to nothing. What only
 * races need is made for the first target that passes. Any thread.
 */
public final class TargetFilter {

  private final Supplier<Settings> settings;
  private final LastAnswers answers;

  /** Null if the settings switch it off. */
  private final Nat64Access nat64;

  private final Observer observer;

  /**
   * @param settings gives the settings in force
   * @param answers knows which addresses the program was given lately
   * @param nat64 reaches IPv4 from a host with IPv6 only; null if the settings switch it off
   * @param observer counts what is left alone
   */
  public TargetFilter(
      Supplier<Settings> settings, LastAnswers answers, Nat64Access nat64, Observer observer) {
    this.settings = settings;
    this.answers = answers;
    this.nat64 = nat64;
    this.observer = observer;
  }

  /**
   * Decides whether a connect to a target may be raced. If only a look-up can tell the target's
   * siblings, the answer is yes, and the look-up is made later.
   *
   * @return what is known of the target; null if the JDK's own code is to run alone
   */
  public ConnectRequest.Target raceable(InetSocketAddress target) {
    String name = name(target);
    if (name == null && !isTranslated(target)) {
      return isOurs(target) ? null : leave(target, Reason.LITERAL);
    }
    String host = name == null ? target.getAddress().getHostAddress() : name;
    RaceRule rule = settings.get().ruleFor(host, target.getPort());
    if (rule == null) {
      return leave(target, Reason.RULE);
    } else if (target.isUnresolved()) {
      return rule.unresolved()
          ? new ConnectRequest.Target(target, host, rule, null)
          : leave(target, Reason.UNRESOLVED);
    }
    InetAddress requested = target.getAddress();
    if (requested.isAnyLocalAddress()) {
      return leave(target, Reason.WILDCARD);
    }
    InetAddress[] all = name == null ? null : known(name);
    if (name == null || (all != null && all.length < 2)) {
      boolean translated = name == null || isTranslated(target);
      return translated
          ? new ConnectRequest.Target(target, host, rule, new InetAddress[] {requested})
          : leave(target, Reason.SINGLE);
    }
    return all == null || contains(all, requested)
        ? new ConnectRequest.Target(target, host, rule, all)
        : leave(target, Reason.PINNED);
  }

  /** Whether the agent itself connects, a socket beside the program's. */
  private static boolean isOurs(InetSocketAddress target) {
    return !target.isUnresolved() && UnnamedAddress.is(target.getAddress());
  }

  private ConnectRequest.Target leave(InetSocketAddress target, Reason why) {
    observer.leftAlone(why, target);
    return null;
  }

  /** The name by which the address was looked up; null if there is none, or it is a literal. */
  private static String name(InetSocketAddress target) {
    // getHostString, not getHostName: the latter would ask DNS for the name of the address, and the
    // answer need not be a name that the program has looked up.
    String host =
        target.isUnresolved()
            ? target.getHostString()
            : HeCache.originalHostName(target.getAddress());
    return host == null || Literals.isLiteral(host) ? null : host;
  }

  /** Whether the target is a resolved IPv4 address and this host has IPv6 only. */
  private boolean isTranslated(InetSocketAddress target) {
    return nat64 != null
        && !target.isUnresolved()
        && nat64.isNeeded(target.getAddress())
        && !UnnamedAddress.is(target.getAddress());
  }

  /**
   * All addresses of a name: those in the JDK's cache, otherwise those of the JDK's last answer,
   * which is kept even if nothing is cached; null if only a look-up can tell.
   */
  private InetAddress[] known(String host) {
    InetAddress[] cached = HeCache.cachedAddresses(host);
    if (cached != null && cached.length > 0) {
      return cached;
    }
    InetAddress[] last = answers.of(host, System.nanoTime());
    return last == null ? cached : last;
  }

  private static boolean contains(InetAddress[] all, InetAddress requested) {
    for (InetAddress address : all) {
      if (address.equals(requested)) {
        return true;
      }
    }
    return false;
  }
}
