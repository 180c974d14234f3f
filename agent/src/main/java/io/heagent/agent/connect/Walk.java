package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program's way through the addresses of a name, one connect after the other, each made when the
 * one before has failed (MySQL, Apache, Jedis). Begins with the first failure; ends with a success,
 * or when the program takes no further step. Guarded as the {@link Neighbourhood} it belongs to.
 */
final class Walk {

  /**
   * A program that walks its list takes the next step at once. Counted from the end of the step
   * before: how long a step takes is the program's own timeout, which may be many seconds.
   */
  static final long PAUSE_NANOS = 1_000_000_000L;

  /** Lists are shorter. A longer one is walked as several. */
  private static final int MAX_STEPS = 64;

  private static final int NEARLY = 20;

  /** Channels that are closed sooner may be so for any reason. */
  static final long SHORTEST_PATIENCE_NANOS = 1_000_000_000L;

  private final List<InetAddress> requested = new ArrayList<>(4);
  private final List<InetAddress> failed = new ArrayList<>(4);

  /** For how long at most those that have never answered were waited for, in nanoseconds. */
  private final Map<InetAddress, Long> waited = new HashMap<>(4);

  /** How long the program has waited last before it closed a channel; 0 if it never did. */
  private long patience;

  /** Who took the last step. */
  private long thread;

  private boolean underWay;
  private long endedAt;

  /** The program takes a step: it connects to this address, the only step at a time. */
  void step(InetAddress address, long onThread) {
    requested.add(address);
    thread = onThread;
    underWay = true;
  }

  /**
   * The step has failed, having tried these addresses for the program.
   *
   * @param silent for how long those were waited for that have said nothing
   * @param closedAfter after what time the program closed its channel; 0 if it did not
   */
  void failed(List<InetAddress> tried, Map<InetAddress, Long> silent, long closedAfter, long now) {
    for (InetAddress address : tried) {
      if (!failed.contains(address)) {
        failed.add(address);
      }
    }
    silent.forEach((address, nanos) -> waited.merge(address, nanos, Math::max));
    patience = closedAfter;
    underWay = false;
    endedAt = now;
  }

  /**
   * Whether a connect to this address may be the next step. An address that was requested before is
   * not: the program begins anew, and deserves every address again.
   */
  boolean mayGoOnTo(InetAddress address, long now) {
    return !underWay
        && now - endedAt < PAUSE_NANOS
        && requested.size() < MAX_STEPS
        && !requested.contains(address);
  }

  boolean hasFailed(InetAddress address) {
    return failed.contains(address);
  }

  /**
   * Whether an address has been silent for the whole of this timeout, or nearly: a race that begins
   * with a refusal dials the next address a little later than the program would have. Where a
   * connect has none, the program's patience with the last channel, which it has closed itself, is
   * its timeout.
   */
  boolean hasWaited(InetAddress address, long timeoutNanos) {
    boolean unknown = timeoutNanos == ConnectCall.NEVER && patience >= SHORTEST_PATIENCE_NANOS;
    long timeout = unknown ? patience : timeoutNanos;
    return waited.getOrDefault(address, 0L) >= timeout - timeout / NEARLY;
  }

  /** All addresses that have failed so far. */
  List<InetAddress> failed() {
    return List.copyOf(failed);
  }

  boolean isOn(long aThread) {
    return thread == aThread;
  }

  boolean isOver(long now) {
    return !underWay && now - endedAt >= PAUSE_NANOS;
  }
}
