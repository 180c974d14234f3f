package io.heagent.agent.connect.call;

import io.heagent.engine.resolve.shared.SharedLookup;
import java.net.InetAddress;
import java.util.List;

/** What is known of the addresses of a name when a connect to it begins. Immutable. */
public sealed interface KnownAddresses {

  /** All of them, without a look-up, in the JDK's order. */
  public record Cached(List<InetAddress> addresses) implements KnownAddresses {}

  /** Those that a look-up has found so far; it is still under way and may find more. */
  public record Pending(SharedLookup lookup) implements KnownAddresses {}

  /** None but the one that the program has given, if it has: only a look-up could tell. */
  public record None() implements KnownAddresses {}
}
