package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.UnnamedAddress;
import io.heagent.agent.resolve.LastAnswers;
import io.heagent.engine.address.Literals;
import io.heagent.engine.address.Nat64Discovery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import sun.nio.ch.HeCache;

/**
 * An address that the program has looked up itself, or has made: which name it belongs to, and what
 * is known of the other addresses of that name. Any thread.
 */
final class ChosenTarget {

  private ChosenTarget() {}

  /** The name that the address was looked up by; null where there is none or it is a literal. */
  static String name(InetSocketAddress target) {
    // Never getHostName(): it would look the name up in reverse, and what that finds is no name
    // that anybody has looked up forward.
    String host =
        target.isUnresolved()
            ? target.getHostString()
            : HeCache.originalHostName(target.getAddress());
    return host == null || Literals.isLiteral(host) ? null : host;
  }

  /**
   * Whether it is an IPv4 address, resolved, on a host that has IPv6 only.
   *
   * @param nat64 null where the settings switch it off
   */
  static boolean isTranslated(InetSocketAddress target, Nat64Discovery nat64) {
    return nat64 != null
        && !target.isUnresolved()
        && nat64.isNeeded(target.getAddress())
        && !UnnamedAddress.is(target.getAddress());
  }

  /**
   * What is known of the siblings of the address: what only a look-up could tell is found out
   * later.
   *
   * @param name the name that it was looked up by; null if it has none, and is here to be
   *     translated
   * @param peers the addresses that connected sockets gave out: each means exactly that machine
   * @param answers what the program was given lately
   * @return null where it has no siblings, or must not be led to any
   */
  static KnownAddresses known(
      InetSocketAddress target,
      String name,
      ConnectedPeers peers,
      LastAnswers answers,
      Nat64Discovery nat64) {
    InetAddress requested = target.getAddress();
    if (requested.isAnyLocalAddress() || peers.contains(requested)) {
      return null;
    }
    InetAddress[] all = name == null ? null : known(name, answers);
    if (name == null || (all != null && all.length < 2)) {
      boolean translated = name == null || isTranslated(target, nat64);
      return translated ? new KnownAddresses.Cached(List.of(requested)) : null;
    } else if (all == null) {
      return new KnownAddresses.None();
    }
    List<InetAddress> list = List.of(all);
    return list.contains(requested) ? new KnownAddresses.Cached(list) : null;
  }

  /**
   * All addresses of a name: those in the JDK's cache, else the JDK's last answer, which the
   * program was given even where nothing is cached; null where only a look-up could tell.
   */
  private static InetAddress[] known(String host, LastAnswers answers) {
    InetAddress[] cached = HeCache.cachedAddresses(host);
    if (cached != null && cached.length > 0) {
      return cached;
    }
    InetAddress[] last = answers.of(host, System.nanoTime());
    return last == null ? cached : last;
  }
}
