package io.heagent.agent.connect.call;

import io.heagent.engine.resolve.shared.SharedLookup;
import java.net.InetAddress;
import java.util.List;

/** What is known of the addresses of a name when a connect to it begins. Immutable. */
public sealed interface KnownAddresses {

  /** All of them, without a look-up, in the JDK's order. */
  public record Cached(List<InetAddress> addresses) implements KnownAddresses {}

  /** The addresses that a look-up has found so far; the look-up is under way and may find more. */
  public record Pending(SharedLookup lookup) implements KnownAddresses {}

  /**
   * No address but the one that the program has given, if any: only a look-up can tell the others.
   */
  public record None() implements KnownAddresses {}
}
