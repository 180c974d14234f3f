package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import io.heagent.engine.address.Nat64Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which addresses of a name may join the race for one of them.
 *
 * <p>Immutable; as thread-safe as what it was made with.
 *
 * @param requested the address that the program asked for; null where it has given a name only:
 *     then the first address of the list stands for it
 * @param limit the highest barrier that the connect may pass
 * @param translators the NAT64 prefixes known
 * @param local the address that sockets bind to, so that the other family is out of their reach;
 *     null for any
 * @param excluded not to be tried for other reasons
 * @param permitted the last word on each
 */
public record CandidateFilter(
    InetAddress requested,
    ScopeGuard.Barrier limit,
    List<Nat64Prefix> translators,
    InetAddress local,
    Collection<InetAddress> excluded,
    Predicate<InetAddress> permitted) {

  /**
   * What the guard has kept out.
   *
   * @param given the address that it was compared with
   */
  public record LeftOut(InetAddress given, InetAddress address, ScopeGuard.Barrier barrier) {}

  /**
   * A list of addresses, parted.
   *
   * @param allowed in their order
   * @param leftOut by the guard; what cannot be reached anyway is in neither list
   */
  public record Parted(List<InetAddress> allowed, List<LeftOut> leftOut) {}

  /** Parts the addresses of a name. */
  public Parted part(List<InetAddress> addresses) {
    List<InetAddress> allowed = new ArrayList<>(addresses.size());
    List<LeftOut> leftOut = new ArrayList<>(0);
    InetAddress given = requested;
    for (InetAddress address : addresses) {
      if (excluded.contains(address) || !isUsable(address)) {
        continue;
      }
      given = given == null ? address : given;
      ScopeGuard.Barrier barrier = ScopeGuard.between(given, address, translators);
      if (barrier.compareTo(limit) <= 0) {
        allowed.add(address);
      } else {
        leftOut.add(new LeftOut(given, address, barrier));
      }
    }
    return new Parted(allowed, leftOut);
  }

  /** Whether a socket could be connected to it, guard or not. */
  public boolean isUsable(InetAddress address) {
    InetAddress plain = Ipv4Mapped.unmapped(address);
    return !plain.isAnyLocalAddress()
        && !plain.isMulticastAddress()
        && (local == null || local instanceof Inet4Address == address instanceof Inet4Address)
        && permitted.test(address);
  }
}
