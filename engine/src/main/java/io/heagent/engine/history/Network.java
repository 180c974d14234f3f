package io.heagent.engine.history;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything learnt since the last change of the network, so that it can be dropped as a whole.
 * Lock-free but for what the table does.
 */
final class Network {
  final MemoryTable table;
  private final HistorySettings settings;
  private final long since;

  /**
   * The smoothed connect time of the whole process, packed as {@link Smoothing} does. Any thread
   * that reports a success writes it, and {@code lastSample}.
   */
  private final AtomicLong smoothed = new AtomicLong();

  private volatile long lastSample;

  Network(HistorySettings settings, long now) {
    this.settings = settings;
    this.since = now;
    table = new MemoryTable(settings.maxNames());
  }

  /** Whether an attempt that began at this time began on this network. */
  boolean covers(long started) {
    return started - since >= 0;
  }

  void sample(long nanos, long now) {
    long before = smoothed.get();
    boolean known = before != 0 && now - lastSample < settings.expiryNanos();
    lastSample = now;
    // Tried once: if another thread adds a sample at the same time, this one may be lost without
    // harm.
    smoothed.compareAndSet(before, Smoothing.add(known ? before : 0, nanos));
  }

  /** The delay after an attempt at an address of which no connect time is known. */
  long delayOfUnseen(long now) {
    long present = smoothed.get();
    if (present == 0 || now - lastSample >= settings.expiryNanos()) {
      return settings.baseDelayNanos();
    }
    return clamp(Smoothing.overdueNanos(present), settings.baseDelayNanos());
  }

  long delay(String host, int port, InetAddress address, long now) {
    AddressMemory memory = find(host, port, address);
    if (memory == null || !memory.hasAnswered(now, settings)) {
      return delayOfUnseen(now);
    }
    return clamp(memory.overdueNanos(), settings.longestDelayNanos());
  }

  /** Null if nothing is known of the address. */
  AddressMemory find(String host, int port, InetAddress address) {
    HostMemory memory = table.find(host, port);
    return memory == null ? null : memory.find(address);
  }

  /** The memory of a name, made if there is none, and marked as used now. */
  HostMemory used(String host, int port, long now) {
    HostMemory memory = table.findOrAdd(host, port, now);
    memory.lastUsed = now;
    return memory;
  }

  private long clamp(long nanos, long longest) {
    return Math.max(settings.minDelayNanos(), Math.min(nanos, longest));
  }
}
