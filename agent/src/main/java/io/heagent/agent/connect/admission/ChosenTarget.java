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

  /** The name by which the address was looked up; null if there is none, or it is a literal. */
  static String name(InetSocketAddress target) {
    // getHostString, not getHostName: the latter would ask DNS for the name of the address, and the
    // answer need not be a name that the program has looked up.
    String host =
        target.isUnresolved()
            ? target.getHostString()
            : HeCache.originalHostName(target.getAddress());
    return host == null || Literals.isLiteral(host) ? null : host;
  }

  /**
   * Whether the target is a resolved IPv4 address and this host has IPv6 only.
   *
   * @param nat64 null if the settings switch NAT64 off
   */
  static boolean isTranslated(InetSocketAddress target, Nat64Discovery nat64) {
    return nat64 != null
        && !target.isUnresolved()
        && nat64.isNeeded(target.getAddress())
        && !UnnamedAddress.is(target.getAddress());
  }

  /**
   * What is known of the siblings of the address without a look-up.
   *
   * @param name the name by which the address was looked up; null if it has none and is only to be
   *     translated (NAT64)
   * @param peers the addresses that connected sockets gave out; a program that uses one of them
   *     means exactly that machine
   * @param answers the answers that the JDK has given the program lately
   * @return null if the address has no siblings, or must not be led to any
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
   * All addresses of a name: those in the JDK's cache, otherwise those of the JDK's last answer,
   * which is kept even if nothing is cached; null if only a look-up can tell.
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
