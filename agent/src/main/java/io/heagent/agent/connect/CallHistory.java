package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.history.AddressHistory;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.host.NetworkChangeMonitor;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** What is remembered of the host and port that one call connects to. Stateless; any thread. */
final class CallHistory {

  private final ConnectHistory history;
  private final NetworkChangeMonitor network;
  private final String host;
  private final int port;

  CallHistory(ConnectHistory history, NetworkChangeMonitor network, String host, int port) {
    this.history = history;
    this.network = network;
    this.host = host;
    this.port = port;
  }

  /** Whether {@link #order} may change anything. Cheap: asked by every connect. */
  boolean hasSuspects() {
    return history.hasSuspects(host, port);
  }

  boolean isSuspect(InetAddress address) {
    AddressHistory known = history.find(host, port, address);
    return known != null && known.suspect();
  }

  /** Whether it has answered lately, and has not failed since. */
  boolean isHealthy(InetAddress address) {
    AddressHistory known = history.find(host, port, address);
    return known != null && known.sinceSuccessNanos() >= 0 && known.failures() == 0;
  }

  /**
   * The order in which to try addresses: as given, but that one healthy address, the last winner if
   * possible, goes before the first suspect. Only one is moved, so that no address is ever tried
   * more than one place later than without history, whatever has become of them since.
   *
   * @return the given list itself if the order stays
   */
  @SuppressWarnings("ReferenceEquality") // The engine gives back the very same objects.
  List<InetAddress> order(List<InetAddress> wanted) {
    network.look();
    List<InetAddress> ordered = history.order(host, port, wanted);
    if (ordered == wanted) {
      return wanted;
    }
    int place = 0;
    while (ordered.get(place) == wanted.get(place)) {
      place++;
    }
    InetAddress healthy = ordered.get(place);
    List<InetAddress> moved = new ArrayList<>(wanted.size());
    moved.addAll(wanted.subList(0, place));
    moved.add(healthy);
    for (InetAddress address : wanted.subList(place, wanted.size())) {
      if (address != healthy) {
        moved.add(address);
      }
    }
    return moved;
  }

  /** How long to wait for this address alone, in nanoseconds. */
  long delay(InetAddress address) {
    return history.delay(host, port, address);
  }

  /** The first address has answered before any other was dialled. */
  void won(InetAddress address, long nanos) {
    try {
      history.won(host, port, address, nanos);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /**
   * A race is over. As with {@link #won}, a failure of this is no failure of the connect.
   *
   * @param tried the address of each attempt, in start order
   */
  void record(List<InetAddress> tried, List<AttemptRecord> attempts) {
    try {
      network.look();
      history.record(host, port, tried, attempts);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
