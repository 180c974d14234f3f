package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What other connects to the same name and port are doing, or have just done: by this a race
 * notices programs with a mind of their own.
 *
 * <ul>
 *   <li>A connect to <em>another</em> address of the name is in flight: the program races by itself
 *       (OkHttp 5, MSSQL, jnats). Each connect then gets exactly its one address.
 *   <li>A race over this address has just failed: the program walks the list (MySQL, Apache,
 *       Jedis). It gets this address alone, so that n addresses are not dialled n times n.
 * </ul>
 *
 * <p>Each entry is only changed inside {@code ConcurrentHashMap.compute}, which is its lock;
 * nothing else is taken inside.
 */
final class Neighbours {

  /** A connect that has been pending longer says nothing about the program's habits. */
  private static final long IN_FLIGHT_NANOS = 1_000_000_000L;

  /** A program that walks its list does so at once. */
  private static final long FAILED_NANOS = 1_000_000_000L;

  private static final int MAX_ENTRIES = 1024;

  private record Name(String host, int port) {}

  private static final class Entry {
    final List<ConnectCall> inFlight = new ArrayList<>(2);
    List<InetAddress> failed = List.of();
    long failedAt;

    boolean hasFailed(InetAddress address, long now) {
      return now - failedAt < FAILED_NANOS
          && failed.size() > 1
          && !failed.get(0).equals(address)
          && failed.contains(address);
    }
  }

  private final ConcurrentHashMap<Name, Entry> entries = new ConcurrentHashMap<>();

  /**
   * A connect to a chosen address begins.
   *
   * @return false if it is to be left alone; then {@link #end} must not be called for it
   */
  boolean begin(ConnectCall call, InetAddress requested) {
    long now = System.nanoTime();
    boolean[] race = {true};
    entries.compute(
        key(call),
        (key, found) -> {
          Entry entry = found == null ? new Entry() : found;
          for (ConnectCall other : entry.inFlight) {
            if (!other.remote.getAddress().equals(requested)
                && now - other.startedAt < IN_FLIGHT_NANOS) {
              other.alone = true;
              race[0] = false;
            }
          }
          if (entry.hasFailed(requested, now)) {
            race[0] = false;
          }
          if (race[0]) {
            entry.inFlight.add(call);
          }
          return isUseless(entry, now) ? null : entry;
        });
    return race[0];
  }

  /**
   * The connect is over.
   *
   * @param failed the addresses that a failed race has tried, the requested one first; else empty
   */
  void end(ConnectCall call, List<InetAddress> failed) {
    long now = System.nanoTime();
    entries.computeIfPresent(
        key(call),
        (key, entry) -> {
          entry.inFlight.remove(call);
          if (failed.size() > 1) {
            entry.failed = failed;
            entry.failedAt = now;
          }
          return isUseless(entry, now) ? null : entry;
        });
    if (entries.size() > MAX_ENTRIES) {
      entries.keySet().forEach(k -> entries.computeIfPresent(k, (x, e) -> keep(e, now)));
    }
  }

  private static Entry keep(Entry entry, long now) {
    return isUseless(entry, now) ? null : entry;
  }

  private static boolean isUseless(Entry entry, long now) {
    return entry.inFlight.isEmpty()
        && (entry.failed.isEmpty() || now - entry.failedAt >= FAILED_NANOS);
  }

  private static Name key(ConnectCall call) {
    return new Name(call.host, call.port);
  }
}
