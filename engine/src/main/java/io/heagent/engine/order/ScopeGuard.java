package io.heagent.engine.order;

import io.heagent.engine.address.Nat64Prefix;
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
    /**
     * The sibling hands out credentials, or is none to connect to. No race ever leads there from an
     * address of another kind.
     */
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
    return switch (space) {
      case GLOBAL -> Barrier.NONE;
      case METADATA, SPECIAL ->
          AddressSpace.of(given, translators) == space ? Barrier.NONE : Barrier.ALWAYS;
      default -> {
        if (space.compareTo(faceValue(given)) <= 0) {
          yield Barrier.NONE;
        }
        yield space.compareTo(AddressSpace.PRIVATE) <= 0 ? Barrier.SITE : Barrier.HOST;
      }
    };
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
