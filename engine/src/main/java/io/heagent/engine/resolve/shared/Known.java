package io.heagent.engine.resolve.shared;

import io.heagent.engine.resolve.ResolverOverflowException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What a look-up has found so far. Immutable; each change makes a new instance.
 *
 * @param addresses in order of preference
 * @param settled whether a connect without an address need wait no longer: it may begin, or no
 *     address will come
 * @param done whether no further answer will come
 * @param failures why questions could not be answered; empty if all were, even if the name has no
 *     address
 */
public record Known(
    List<InetAddress> addresses, boolean settled, boolean done, List<Throwable> failures) {

  /** Before any answer. */
  public static final Known NOTHING = new Known(List.of(), false, false, List.of());

  /** The end of a look-up for which there was no memory to make another instance. */
  static final Known LOST =
      new Known(List.of(), true, true, List.of(new IllegalStateException("no memory")));

  /** The result for a name whose addresses are known without a look-up. */
  public static Known of(List<InetAddress> addresses) {
    return new Known(addresses, true, true, List.of());
  }

  /**
   * Whether a question has failed for another reason than the name: it was refused ({@link
   * ResolverOverflowException}), or the resolver broke.
   */
  public boolean isBroken() {
    for (Throwable failure : failures) {
      if (failure instanceof ResolverOverflowException
          || !(failure instanceof UnknownHostException)) {
        return true;
      }
    }
    return false;
  }
}
