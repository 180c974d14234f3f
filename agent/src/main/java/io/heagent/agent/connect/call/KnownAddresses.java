package io.heagent.agent.connect.call;

import io.heagent.engine.resolve.shared.SharedLookup;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** What is known of the addresses of a name when a connect to it begins. Immutable. */
public sealed interface KnownAddresses {

  /** All of them, without a look-up, in the JDK's order. */
  public final class Cached implements KnownAddresses {

    private final InetAddress[] addresses;

    /**
     * As they are known; most connects are over before anybody asks for a list.
     *
     * @param addresses not changed any more, by anyone
     */
    public Cached(InetAddress... addresses) {
      this.addresses = addresses;
    }

    public List<InetAddress> addresses() {
      return List.of(addresses);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cached cached && Arrays.equals(addresses, cached.addresses);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(addresses);
    }

    @Override
    public String toString() {
      return "Cached" + Arrays.toString(addresses);
    }
  }

  /** The addresses that a look-up has found so far; the look-up is under way and may find more. */
  public record Pending(SharedLookup lookup) implements KnownAddresses {}

  /**
   * No address but the one that the program has given, if any: only a look-up can tell the others.
   */
  public record None() implements KnownAddresses {}
}
