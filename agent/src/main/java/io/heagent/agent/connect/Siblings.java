package io.heagent.agent.connect;

import io.heagent.engine.address.Nat64Prefix;
import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.host.SourceAddresses;
import io.heagent.engine.order.AddressWeave;
import io.heagent.engine.order.CandidateFilter;
import io.heagent.engine.order.Rfc6724;
import io.heagent.engine.order.ScopeGuard.Barrier;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which addresses of a name may join the race for one of them, and in which order: asks the
 * engine's {@link CandidateFilter} on behalf of one call.
 */
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
    return of(call, tried, call.guard.sift(call, addresses, null));
  }

  /** The same of those that the guard has let pass. */
  static List<InetAddress> of(
      ConnectCall call, List<InetAddress> tried, SiblingGuard.Sifted sifted) {
    if (!sifted.addresses().contains(call.requested)) {
      // Not (any more) one of the name's addresses: the program means exactly this one.
      return List.of();
    }
    List<InetAddress> all = new ArrayList<>(sifted.allowed().size() + 1);
    all.add(call.requested);
    all.addAll(sifted.allowed());
    return woven(call, all, tried);
  }

  /** Addresses of a name that was not resolved, in the order in which they are to join. */
  static List<InetAddress> all(
      ConnectCall call, List<InetAddress> tried, List<InetAddress> addresses) {
    return woven(call, filter(call, Barrier.HOST).part(addresses).allowed(), tried);
  }

  /**
   * All of them in the order that the settings ask for, without those tried. By RFC 6724 they are
   * sorted anew each time: routes may have changed since the last look.
   */
  static List<InetAddress> woven(
      ConnectCall call, List<InetAddress> addresses, List<InetAddress> tried) {
    List<InetAddress> sorted = addresses;
    if (call.rule.rfc6724()) {
      sorted =
          Rfc6724.sort(addresses, new SourceAddresses(), PolicyTable.DEFAULT, translators(call));
    }
    return AddressWeave.reweave(sorted, tried, call.rule.firstFamilyCount());
  }

  /** Without what the program's socket could not reach, or the program may not. */
  static List<InetAddress> usable(ConnectCall call, List<InetAddress> addresses) {
    CandidateFilter filter = filter(call, Barrier.HOST);
    List<InetAddress> usable = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      if (filter.isUsable(address)) {
        usable.add(address);
      }
    }
    return usable;
  }

  /** For a call, with the highest barrier that it may pass. */
  static CandidateFilter filter(ConnectCall call, Barrier limit) {
    return new CandidateFilter(
        call.requested,
        limit,
        translators(call),
        call.local,
        call.excluded(),
        new Permission(call));
  }

  static List<Nat64Prefix> translators(ConnectCall call) {
    return call.nat64 == null ? List.of() : call.nat64.prefixes();
  }

  /** Whether the program may connect to an address. */
  private record Permission(ConnectCall call) implements Predicate<InetAddress> {

    @Override
    public boolean test(InetAddress address) {
      return CallerRights.permit(call, address);
    }
  }
}
