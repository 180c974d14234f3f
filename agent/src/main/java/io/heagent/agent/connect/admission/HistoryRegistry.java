package io.heagent.agent.connect.admission;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.log.Faults;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.history.HistorySettings;
import io.heagent.engine.host.NetworkChangeMonitor;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds one {@link ConnectHistory} for each {@code delay} that the settings name, because the delay
 * decides how long a silence must be to count. Nearly always that is one. A host and port belong to
 * one rule, so what is known of them is in one history. Each history is made when it is first
 * needed.
 */
public final class HistoryRegistry implements EndpointHistory.Surroundings, Runnable {

  /** By the delay, which is the base delay of the history's settings. */
  private final ConcurrentHashMap<Long, ConnectHistory> histories = new ConcurrentHashMap<>();

  /** Made when history matters for the first time, under this object's monitor. */
  private volatile NetworkChangeMonitor network;

  /**
   * The history asked for last, which spares a look into the map. Any thread writes it; every value
   * is right for the delay in its settings.
   */
  private volatile ConnectHistory last;

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
    ConnectHistory history = last;
    if (history == null || history.settings().baseDelayNanos() != delay) {
      history = history(delay);
      last = history;
    }
    return history.endpoint(this, host, port);
  }

  /** The history that a connect may use; null if history is not used. */
  EndpointHistory of(ConnectRequest request) {
    return of(request.rule(), request.host(), request.port(), request.local());
  }

  /**
   * The dial order of a connect before anything is planned.
   *
   * @param requested the address that goes first; null if none has been found yet
   */
  DialOrder order(ConnectRequest request, InetAddress requested) {
    return DialOrder.of(requested, request.rule().delayNanos(), of(request));
  }

  private ConnectHistory history(long delay) {
    ConnectHistory history = histories.get(delay);
    if (history != null) {
      return history;
    }
    ConnectHistory fresh = new ConnectHistory(HistorySettings.withBaseDelay(delay));
    ConnectHistory other = histories.putIfAbsent(delay, fresh);
    return other == null ? fresh : other;
  }

  /**
   * Drops the histories of delays that no rule has any more.
   *
   * @param rules all that are in force
   */
  public void keep(List<RaceRule> rules) {
    Set<Long> delays = new HashSet<>();
    for (RaceRule rule : rules) {
      delays.add(DialOrder.finite(rule.delayNanos()));
    }
    histories.keySet().retainAll(delays);
  }

  @Override
  public void look() {
    NetworkChangeMonitor made = network;
    if (made == null) {
      synchronized (this) {
        made = network;
        if (made == null) {
          made = new NetworkChangeMonitor("he-agent-network", this, Faults.OF_THREADS);
          network = made;
        }
      }
    }
    made.look();
  }

  @Override
  public void unexpected(Throwable thrown) {
    Faults.unexpected(thrown);
  }

  /** How many addresses are suspects at present. */
  public int suspects() {
    int suspects = 0;
    for (ConnectHistory history : histories.values()) {
      suspects += history.suspects();
    }
    return suspects;
  }

  /** Forgets everything: the network has changed (RFC 8305, section 4), or somebody asks for it. */
  @Override
  public void run() {
    // Throws if there is no memory for an empty history; then the monitor calls this again at its
    // next look.
    for (ConnectHistory history : histories.values()) {
      history.networkChanged();
    }
  }
}
