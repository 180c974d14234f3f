package io.heagent.agent.connect;

import io.heagent.engine.address.AddressWeave;
import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.address.Rfc6724;
import io.heagent.engine.net.SourceAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Which addresses of a name may join the race for one of them, and in which order. */
final class Siblings {

  private Siblings() {}

  static boolean contains(InetAddress[] addresses, InetAddress wanted) {
    for (InetAddress address : addresses) {
      if (address.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The requested address and its siblings, as far as they have not been dialled, in the order in
   * which they are to join.
   *
   * @param tried what has been dialled already
   * @param addresses all addresses of the name as far as they are known, in the JDK's order
   */
  static List<InetAddress> of(
      ConnectCall call, List<InetAddress> tried, List<InetAddress> addresses) {
    InetAddress requested = call.requested;
    if (!addresses.contains(requested)) {
      // Not (any more) one of the name's addresses: the program means exactly this one.
      return List.of();
    }
    List<InetAddress> all = new ArrayList<>(addresses.size() + 1);
    all.add(requested);
    for (InetAddress address : usable(call, addresses)) {
      if ((!call.guarded || Scope.mayLead(requested, address)) && !call.walked.contains(address)) {
        all.add(address);
      }
    }
    return woven(call, all, tried);
  }

  /** Addresses of a name that was not resolved, in the order in which they are to join. */
  static List<InetAddress> all(
      ConnectCall call, List<InetAddress> tried, List<InetAddress> addresses) {
    return woven(call, usable(call, addresses), tried);
  }

  /**
   * All of them in the order that the settings ask for, without those tried. By RFC 6724 they are
   * sorted anew each time: routes may have changed since the last look.
   */
  static List<InetAddress> woven(
      ConnectCall call, List<InetAddress> addresses, List<InetAddress> tried) {
    List<InetAddress> sorted = addresses;
    if (call.rule.rfc6724()) {
      List<Nat64Prefix> prefixes = call.nat64 == null ? List.of() : call.nat64.prefixes();
      sorted = Rfc6724.sort(addresses, new SourceAddresses(), PolicyTable.DEFAULT, prefixes);
    }
    return AddressWeave.reweave(sorted, tried, call.rule.firstFamilyCount());
  }

  /** Without what the program's socket could not reach, or the program may not. */
  static List<InetAddress> usable(ConnectCall call, List<InetAddress> addresses) {
    List<InetAddress> usable = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      if (!address.isAnyLocalAddress()
          && !address.isMulticastAddress()
          && (call.local == null || isIpv4(call.local) == isIpv4(address))
          && isPermitted(address, call.port)) {
        usable.add(address);
      }
    }
    return usable;
  }

  private static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }

  @SuppressWarnings("removal") // of use up to JDK 23: JEP 486
  private static boolean isPermitted(InetAddress address, int port) {
    SecurityManager manager = System.getSecurityManager();
    if (manager == null) {
      return true;
    }
    try {
      manager.checkConnect(address.getHostAddress(), port);
      return true;
    } catch (SecurityException forbidden) {
      return false;
    }
  }
}
