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
 * Holds one {@link ConnectHistory} for each {@code delay} that the settings name, because the delay
 * decides how long a silence must be to count. Nearly always that is one. A host and port belong to
 * one rule, so what is known of them is in one history. Each history is made when it is first
 * needed.
 */
final class HistoryRegistry implements EndpointHistory.Surroundings {

  private record Entry(long delay, ConnectHistory history) {}

  private final ConcurrentHashMap<Long, Entry> entries = new ConcurrentHashMap<>();
  private final NetworkChangeMonitor network =
      new NetworkChangeMonitor("he-agent-network", this::networkChanged, Faults.OF_THREADS);

  /**
   * The history asked for last, which spares a look into the map. Any thread writes it; every value
   * is a correct entry.
   */
  private volatile Entry last;

  /**
   * The history that a connect may use.
   *
   * @param local the address that the program has bound its socket to, null for none. Paths from a
   *     bound address differ from the known ones, so history is neither used nor told
   * @return null if history is not used
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
    // Throws if there is no memory for an empty history; then the monitor calls this again at its
    // next look.
    for (Entry entry : entries.values()) {
      entry.history.networkChanged();
    }
  }
}
