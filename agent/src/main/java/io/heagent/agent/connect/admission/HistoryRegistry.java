package io.heagent.agent.connect.admission;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.log.Faults;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.history.HistorySettings;
import io.heagent.engine.host.NetworkChangeMonitor;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The process's memory of connects: one {@link ConnectHistory} for each {@code delay} that the
 * settings name, because what counts as silence depends on it. Nearly always that is one. A host
 * and port belong to one rule, so no knowledge is divided. Each is made when it is first needed.
 */
final class HistoryRegistry implements EndpointHistory.Surroundings {

  private record Entry(long delay, ConnectHistory history) {}

  private final ConcurrentHashMap<Long, Entry> entries = new ConcurrentHashMap<>();
  private final NetworkChangeMonitor network =
      new NetworkChangeMonitor("he-agent-network", this::networkChanged, Faults.OF_THREADS);

  /** The one asked for last: spares the map. Written by any thread; any of the entries is right. */
  private volatile Entry last;

  /**
   * What a call may use.
   *
   * @param local the address that the program has bound its socket to: paths from there are others
   *     than those known, so nothing is used or remembered; null for any
   * @return null for nothing
   */
  EndpointHistory of(RaceRule rule, String host, int port, InetAddress local) {
    if (!rule.history() || local != null) {
      return null;
    }
    long delay = DialOrder.finite(rule.delayNanos());
    Entry entry = last;
    if (entry == null || entry.delay != delay) {
      entry = entry(delay);
      last = entry;
    }
    return new EndpointHistory(entry.history, this, host, port);
  }

  private Entry entry(long delay) {
    Entry entry = entries.get(delay);
    if (entry != null) {
      return entry;
    }
    Entry fresh = new Entry(delay, new ConnectHistory(HistorySettings.withBaseDelay(delay)));
    Entry other = entries.putIfAbsent(delay, fresh);
    return other == null ? fresh : other;
  }

  @Override
  public void look() {
    network.look();
  }

  @Override
  public void unexpected(Throwable thrown) {
    Faults.unexpected(thrown);
  }

  /** Forgets everything: RFC 8305, section 4. */
  private void networkChanged() {
    // Throws where there is no memory for an empty one; then all of it is done again, soon.
    for (Entry entry : entries.values()) {
      entry.history.networkChanged();
    }
  }
}
