package io.heagent.engine.order;

import io.heagent.engine.address.Ipv4Mapped;
import io.heagent.engine.address.Nat64Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Whether a connect to one address of a name may lead to another. A program may have checked the
 * address that it passes (filters against server-side request forgery do), so a race must not lead
 * from there to a more private one that it would have refused. Pure and thread-safe.
 */
public final class ScopeGuard {

  private ScopeGuard() {}

  /** What stands between an address and its sibling, the least first. */
  public enum Barrier {
    /** Nothing: the sibling is no more private. */
    NONE,
    /**
     * The sibling is part of some site's own network, and the address given is not: no matter where
     * the name is the site's own, a way in where it is a stranger's.
     */
    SITE,
    /** The sibling is this host or on its link. */
    HOST,
    /** The sibling hands out credentials, or is none to connect to. No race ever leads there. */
    ALWAYS
  }

  /**
   * What stands between them.
   *
   * @param given the address that the program asked for
   * @param translators as for {@link AddressSpace#of}
   */
  public static Barrier between(
      InetAddress given, InetAddress sibling, List<Nat64Prefix> translators) {
    AddressSpace space = AddressSpace.of(sibling, translators);
    // No switch: javac makes a class for each, and a JVM's first race waits for that.
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
   * Not one metadata service for another either: who checks an address may take that of one for
   * public and know the other, and in the wrong cloud the first is dead.
   */
  private static boolean isSame(InetAddress given, InetAddress sibling) {
    return Ipv4Mapped.unmapped(given).equals(Ipv4Mapped.unmapped(sibling));
  }

  /** Some sites use 240/4 inside, and nothing takes an IPv4 address apart. */
  private static boolean isSpecialIpv4(InetAddress address) {
    return Ipv4Mapped.unmapped(address) instanceof Inet4Address
        && AddressSpace.atFaceValue(address) == AddressSpace.SPECIAL;
  }

  /**
   * What a check has let pass. Few know that the addresses of metadata services and the special
   * ones are not public.
   */
  private static AddressSpace faceValue(InetAddress given) {
    AddressSpace face = AddressSpace.atFaceValue(given);
    boolean obscure = face == AddressSpace.METADATA || face == AddressSpace.SPECIAL;
    return obscure ? AddressSpace.GLOBAL : face;
  }
}
