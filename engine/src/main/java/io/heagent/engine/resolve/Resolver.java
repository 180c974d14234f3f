package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Finds the addresses of names without blocking, with one answer for each question. Implementations
 * are thread-safe.
 */
public interface Resolver {

  /**
   * The questions that each call of {@link #resolve} answers: {@code IPV6} and {@code IPV4} if the
   * resolver can look up families separately, {@code BOTH} if not. Never empty.
   */
  Set<Question> questions();

  /**
   * Begins to look a name up, and returns without blocking. An implementation should report
   * failures to the listener instead of throwing; if it throws, the look-up ends with that failure.
   *
   * @param host a name or an IP literal, not null
   * @param listener gets exactly one event for each of the {@link #questions()}, during this call
   *     or later, on any thread; after an event for {@code BOTH} the others may be missing
   * @return a handle to give the look-up up; not null
   */
  Query resolve(String host, Listener listener);

  /** A look-up that has begun. */
  interface Query {
    /**
     * Gives the look-up up, without blocking. Other callers that asked the same are not affected.
     * No event begins to be delivered after this call; does nothing if the look-up has ended. Any
     * thread may call it.
     */
    void cancel();

    /** Whether a part of the look-up has not begun, because too many others hang or wait. */
    default boolean isQueued() {
      return false;
    }
  }

  /** Takes the events of one look-up. Any thread may call it; it must return at once. */
  interface Listener {
    /**
     * A question was answered.
     *
     * @param addresses in the resolver's order of preference; empty if the name exists without such
     *     addresses
     */
    void answer(Question question, List<InetAddress> addresses);

    /** A question could not be answered. */
    void failure(Question question, Throwable cause);
  }
}
