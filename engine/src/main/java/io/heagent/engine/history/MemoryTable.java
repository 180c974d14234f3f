package io.heagent.engine.history;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A table of fixed size. Each name may be kept in one of eight slots; a new name takes an empty
 * one, or that of the name unused for the longest time. Finding takes no lock. Each of the 64 locks
 * guards what is added to the slots of its groups; no other lock is taken inside.
 */
final class MemoryTable {
  private static final int WAYS = 8;
  private static final int LOCKS = 64;

  private final AtomicReferenceArray<HostMemory> slots;
  private final int groups;
  private final Object[] locks = new Object[LOCKS];

  /**
   * @param maxNames at least 8; rounded down to 8 times a power of two
   */
  MemoryTable(int maxNames) {
    groups = Integer.highestOneBit(maxNames / WAYS);
    slots = new AtomicReferenceArray<>(groups * WAYS);
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /** Null if the name is not known, or no longer. */
  HostMemory find(String host, int port) {
    int from = group(host, port) * WAYS;
    for (int i = from; i < from + WAYS; i++) {
      HostMemory memory = slots.get(i);
      if (memory != null && memory.is(host, port)) {
        return memory;
      }
    }
    return null;
  }

  HostMemory findOrAdd(String host, int port, long now) {
    HostMemory known = find(host, port);
    if (known != null) {
      return known;
    }
    int group = group(host, port);
    synchronized (locks[group % LOCKS]) {
      known = find(host, port);
      if (known != null) {
        return known;
      }
      HostMemory added = new HostMemory(host, port, now);
      slots.set(place(group * WAYS, now), added);
      return added;
    }
  }

  /** How many names are kept. */
  int size() {
    int size = 0;
    for (int i = 0; i < slots.length(); i++) {
      size += slots.get(i) == null ? 0 : 1;
    }
    return size;
  }

  /** How many addresses are suspects. */
  int suspects(long now, HistorySettings settings) {
    int suspects = 0;
    for (int i = 0; i < slots.length(); i++) {
      HostMemory memory = slots.get(i);
      suspects += memory == null ? 0 : memory.suspects(now, settings);
    }
    return suspects;
  }

  int capacity() {
    return slots.length();
  }

  private int place(int from, long now) {
    int oldest = from;
    long idle = -1;
    for (int i = from; i < from + WAYS; i++) {
      HostMemory memory = slots.get(i);
      if (memory == null) {
        return i;
      }
      if (now - memory.lastUsed > idle) {
        idle = now - memory.lastUsed;
        oldest = i;
      }
    }
    return oldest;
  }

  private int group(String host, int port) {
    int hash = (host.hashCode() * 31 + port) * 0x9E3779B9; // spreads similar names
    return (hash >>> 16 ^ hash) & (groups - 1);
  }
}
