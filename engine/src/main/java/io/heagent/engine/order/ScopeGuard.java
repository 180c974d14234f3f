package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import io.heagent.engine.address.Nat64Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Decides whether a connect to one address of a name may lead to another one. A program may have
 * checked the address that it passes to connect, as filters against server-side request forgery do;
 * so a race must not lead it to a more private address, which that check would have refused. Pure
 * and thread-safe.
 */
public final class ScopeGuard {

  private ScopeGuard() {}

  /**
   * What speaks against going from an address to its sibling; the constants go from the lowest to
   * the highest barrier.
   */
  public enum Barrier {
    /** Nothing: the sibling is not more private than the address given. */
    NONE,
    /**
     * The sibling is part of a site's own network, and the address given is not. That is harmless
     * for a name that the site itself controls, and a way into the site for a name that a stranger
     * controls.
     */
    SITE,
    /** The sibling is this host, or is on its link. */
    HOST,
    /**
     * The sibling is a metadata service, or is no address to connect to. A race never leads there.
     */
    ALWAYS
  }

  /**
   * The barrier between two addresses of a name.
   *
   * @param given the address that the program asked for
   * @param translators as for {@link AddressSpace#of}
   */
  public static Barrier between(
      InetAddress given, InetAddress sibling, List<Nat64Prefix> translators) {
    AddressSpace space = AddressSpace.of(sibling, translators);
    // No switch over an enum: javac makes an extra class for it, which the first race of a JVM
    // would have to load.
    if (space == AddressSpace.GLOBAL) {
      return Barrier.NONE;
    }
    if (space == AddressSpace.METADATA) {
      return isSame(given, sibling) ? Barrier.NONE : Barrier.ALWAYS;
    }
    if (space == AddressSpace.SPECIAL) {
      boolean alike = isSame(given, sibling) || (isSpecialIpv4(given) && isSpecialIpv4(sibling));
      return alike ? Barrier.NONE : Barrier.ALWAYS;
    }
    if (space.compareTo(faceValue(given)) <= 0) {
      return Barrier.NONE;
    }
    return space.compareTo(AddressSpace.PRIVATE) <= 0 ? Barrier.SITE : Barrier.HOST;
  }

  /**
   * Whether both are the same address. A race does not go from one metadata service to another
   * either: a program's check may know the one and take the other for public, and outside its own
   * cloud the latter is dead, so that the race would go on.
   */
  private static boolean isSame(InetAddress given, InetAddress sibling) {
    return Ipv4Mapped.unmapped(given).equals(Ipv4Mapped.unmapped(sibling));
  }

  /**
   * Whether the address is in an IPv4 block of {@link AddressSpace#SPECIAL}. Some sites use 240/4
   * inside, so a race may go from one such address to another; an IPv4 address contains no other
   * address.
   */
  private static boolean isSpecialIpv4(InetAddress address) {
    return Ipv4Mapped.unmapped(address) instanceof Inet4Address
        && AddressSpace.atFaceValue(address) == AddressSpace.SPECIAL;
  }

  /**
   * What a program's check may have taken the address for. Few checks know that metadata services
   * and special addresses are not public.
   */
  private static AddressSpace faceValue(InetAddress given) {
    AddressSpace face = AddressSpace.atFaceValue(given);
    boolean obscure = face == AddressSpace.METADATA || face == AddressSpace.SPECIAL;
    return obscure ? AddressSpace.GLOBAL : face;
  }
}
