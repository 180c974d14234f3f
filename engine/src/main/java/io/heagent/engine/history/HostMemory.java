package io.heagent.engine.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * What is kept of one pair of host and port. Reading takes no lock. This object's monitor guards
 * the replacement of {@code addresses} by a longer array; nothing is taken inside it. Any thread
 * that reports a connect writes the volatile fields.
 */
final class HostMemory {
  /**
   * The most addresses that are kept: a further one replaces the one of which nothing was heard for
   * the longest time.
   */
  static final int MAX_ADDRESSES = 16;

  private static final VarHandle LAST_IGNORED = lastIgnored();

  final String host;
  final int port;
  volatile long lastUsed;
  private volatile long lastIgnored;
  private volatile AddressMemory[] addresses = {};
  private volatile AddressMemory lastWinner;

  /**
   * What connects to this host and port use of the history; null before the first one asks. Any
   * thread writes it, without a lock: all its fields are final, and each object is as good.
   */
  private EndpointHistory endpoint;

  HostMemory(String host, int port, long now) {
    this.host = host;
    this.port = port;
    this.lastUsed = now;
    this.lastIgnored = now;
  }

  private static VarHandle lastIgnored() {
    try {
      return MethodHandles.lookup().findVarHandle(HostMemory.class, "lastIgnored", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("no such field", impossible); // It is declared here.
    }
  }

  boolean is(String otherHost, int otherPort) {
    return port == otherPort && host.equals(otherHost);
  }

  /** The part of the history that concerns this host and port, the same object each time. */
  EndpointHistory endpoint(ConnectHistory history, EndpointHistory.Surroundings surroundings) {
    EndpointHistory made = endpoint;
    if (made == null || !made.isIn(surroundings)) {
      made = new EndpointHistory(history, surroundings, host, port);
      endpoint = made;
    }
    return made;
  }

  /** Null if nothing is known of the address. */
  AddressMemory find(InetAddress address) {
    byte[] bytes = AddressBits.bytes(address);
    long low = AddressBits.low(address, bytes);
    return find(AddressBits.high(bytes), low, AddressBits.scope(address));
  }

  private AddressMemory find(long high, long low, int scope) {
    for (AddressMemory memory : addresses) {
      if (memory.is(high, low, scope)) {
        return memory;
      }
    }
    return null;
  }

  AddressMemory findOrAdd(InetAddress address, long now) {
    byte[] bytes = AddressBits.bytes(address);
    long high = AddressBits.high(bytes);
    long low = AddressBits.low(address, bytes);
    int scope = AddressBits.scope(address);
    AddressMemory known = find(high, low, scope);
    return known != null ? known : add(high, low, scope, now);
  }

  private synchronized AddressMemory add(long high, long low, int scope, long now) {
    AddressMemory known = find(high, low, scope);
    if (known != null) {
      return known;
    }
    AddressMemory[] old = addresses;
    AddressMemory added = new AddressMemory(high, low, scope);
    AddressMemory[] all;
    if (old.length < MAX_ADDRESSES) {
      all = Arrays.copyOf(old, old.length + 1);
      all[old.length] = added;
    } else {
      all = old.clone();
      all[longestIdle(all, now)] = added;
    }
    addresses = all;
    return added;
  }

  private static int longestIdle(AddressMemory[] all, long now) {
    int longest = 0;
    for (int i = 1; i < all.length; i++) {
      if (all[i].idle(now) > all[longest].idle(now)) {
        longest = i;
      }
    }
    return longest;
  }

  void won(AddressMemory winner) {
    if (lastWinner != winner) {
      lastWinner = winner;
    }
  }

  /**
   * The addresses with the suspects last. If the first address is a suspect, the last winner goes
   * first.
   *
   * @return null if the order stays, which is also the case if all addresses are suspects
   */
  List<InetAddress> order(List<InetAddress> wanted, long now, HistorySettings settings) {
    if (!anySuspect(now, settings)) {
      return null;
    }
    List<InetAddress> healthy = new ArrayList<>(wanted.size());
    List<InetAddress> suspects = new ArrayList<>();
    AddressMemory winner = lastWinner;
    boolean firstIsSuspect = false;
    boolean moved = false;
    for (InetAddress address : wanted) {
      AddressMemory memory = find(address);
      if (memory != null && memory.isSuspect(now, settings)) {
        firstIsSuspect |= healthy.isEmpty();
        suspects.add(address);
        continue;
      }
      moved |= !suspects.isEmpty();
      boolean first = firstIsSuspect && memory != null && memory == winner;
      healthy.add(first && memory.hasAnswered(now, settings) ? 0 : healthy.size(), address);
    }
    if (!moved) {
      return null;
    }
    healthy.addAll(suspects);
    return List.copyOf(healthy);
  }

  /** Whether any address has failed since its last success; no other one can be a suspect. */
  boolean hasFailed() {
    for (AddressMemory memory : addresses) {
      if (memory.hasFailed()) {
        return true;
      }
    }
    return false;
  }

  boolean anySuspect(long now, HistorySettings settings) {
    for (AddressMemory memory : addresses) {
      if (memory.isSuspect(now, settings)) {
        return true;
      }
    }
    return false;
  }

  int suspects(long now, HistorySettings settings) {
    int suspects = 0;
    for (AddressMemory memory : addresses) {
      suspects += memory.isSuspect(now, settings) ? 1 : 0;
    }
    return suspects;
  }

  /**
   * Whether this connect is the one in so many that ignores history. None does within {@link
   * HistorySettings#convergeRestNanos} after a failure, or after the last connect that did.
   *
   * @param random as in {@link ConnectHistory}, null for the system's
   */
  boolean ignores(long now, HistorySettings settings, IntUnaryOperator random) {
    long before = lastIgnored;
    long quiet = now - before;
    for (AddressMemory memory : addresses) {
      quiet = Math.min(quiet, memory.sinceFailure(now));
    }
    return settings.convergeOneIn() > 0
        && quiet >= settings.convergeRestNanos()
        && below(settings.convergeOneIn(), random) == 0
        && LAST_IGNORED.compareAndSet(this, before, now);
  }

  private static int below(int bound, IntUnaryOperator random) {
    return random == null ? ThreadLocalRandom.current().nextInt(bound) : random.applyAsInt(bound);
  }
}
