package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** Finds the addresses of names, without blocking, one answer per question. Thread-safe. */
public interface Resolver {

  /**
   * The questions to which each {@link #resolve} gives an answer: {@code IPV6} and {@code IPV4}
   * where families can be asked apart, {@code BOTH} where not. Never empty.
   */
  Set<Question> questions();

  /**
   * Begins to look a name up, and returns without blocking. An implementation throws nothing; what
   * it throws nevertheless ends the look-up.
   *
   * @param host a name or an IP literal, not null
   * @param listener gets exactly one event for each of the {@link #questions()}, during this call
   *     or later, on any thread; fewer if an event for {@code BOTH} says everything
   * @return to give the look-up up
   */
  Query resolve(String host, Listener listener);

  /** A look-up that has begun. */
  interface Query {
    /**
     * Gives it up, at once and without blocking; others who ask the same are not affected. No event
     * begins to be delivered after this. Does nothing if it is over. Any thread may call it.
     */
    void cancel();

    /** Whether a part of it has not begun, because too many others hang or wait. */
    default boolean isQueued() {
      return false;
    }
  }

  /** Takes the events of one look-up. Called from any thread; must return at once. */
  interface Listener {
    /**
     * These are the addresses.
     *
     * @param addresses in the resolver's order of preference; empty where the name exists without
     *     such addresses
     */
    void answer(Question question, List<InetAddress> addresses);

    /** The question could not be answered. */
    void failure(Question question, Throwable cause);
  }
}
