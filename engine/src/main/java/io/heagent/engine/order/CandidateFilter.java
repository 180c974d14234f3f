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
 * Decides which addresses of a name may join a race.
 *
 * <p>Immutable; thread-safe if {@code permitted} is.
 *
 * @param requested the address that the program asked for; null if it gave a name only, and then
 *     the first usable address of the list takes its place
 * @param limit the highest barrier that this connect may pass
 * @param translators the NAT64 prefixes known
 * @param local the address that the sockets are bound to, so that they cannot reach the other
 *     family; null if they may have any
 * @param excluded addresses that must not be tried for other reasons
 * @param permitted a last check of each address
 */
public record CandidateFilter(
    InetAddress requested,
    ScopeGuard.Barrier limit,
    List<Nat64Prefix> translators,
    InetAddress local,
    Collection<InetAddress> excluded,
    Predicate<InetAddress> permitted) {

  /**
   * An address that {@link ScopeGuard} has kept out.
   *
   * @param given the address that it was compared with
   * @param address the address kept out
   * @param barrier the barrier between the two
   */
  public record LeftOut(InetAddress given, InetAddress address, ScopeGuard.Barrier barrier) {}

  /**
   * A list of addresses in two parts. Addresses that are excluded or unusable are in neither.
   *
   * @param allowed the addresses that may join, in their order
   * @param leftOut the addresses that the guard has kept out
   */
  public record Parted(List<InetAddress> allowed, List<LeftOut> leftOut) {}

  /**
   * Divides the addresses of a name into those that may join and those that the guard keeps out.
   */
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

  /**
   * Whether a socket of this connect could be connected to the address at all, without regard to
   * the guard.
   */
  public boolean isUsable(InetAddress address) {
    InetAddress plain = Ipv4Mapped.unmapped(address);
    return !plain.isAnyLocalAddress()
        && !plain.isMulticastAddress()
        && (local == null || local instanceof Inet4Address == address instanceof Inet4Address)
        && permitted.test(address);
  }
}
