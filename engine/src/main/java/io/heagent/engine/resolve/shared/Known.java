package io.heagent.engine.resolve.shared;

import io.heagent.engine.resolve.ResolverOverflowException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What a look-up has found by now; each change gives a new one. Immutable.
 *
 * @param addresses in order of preference
 * @param settled whether a connect that has no address yet may begin, or never will
 * @param done whether nothing more will come
 * @param failures why questions have no answer; empty if there is no trouble, or if the name simply
 *     has no address
 */
public record Known(
    List<InetAddress> addresses, boolean settled, boolean done, List<Throwable> failures) {

  /** Before any answer. */
  public static final Known NOTHING = new Known(List.of(), false, false, List.of());

  /** Where there is no memory to say more. */
  static final Known LOST =
      new Known(List.of(), true, true, List.of(new IllegalStateException("no memory")));

  /** For a name whose addresses are known without a look-up. */
  public static Known of(List<InetAddress> addresses) {
    return new Known(addresses, true, true, List.of());
  }

  /**
   * Whether something else than the name is the trouble: a question was not even asked, or who was
   * to answer broke.
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
