package io.heagent.engine.history;

import io.heagent.engine.core.AttemptRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of the one host and port that a connect goes to. Stateless; as thread-safe as
 * the {@link ConnectHistory} behind it, so any thread.
 */
public final class EndpointHistory {

  /** Where connects are made and remembered. Any thread. */
  public interface Surroundings {

    /**
     * The history is about to matter: a good moment to find out whether the network is still the
     * same. Must not wait.
     */
    void look();

    /** To remember a connect has failed, which is no failure of the connect. Throws nothing. */
    void unexpected(Throwable thrown);
  }

  private final ConnectHistory history;
  private final Surroundings surroundings;
  private final String host;
  private final int port;

  public EndpointHistory(ConnectHistory history, Surroundings surroundings, String host, int port) {
    this.history = history;
    this.surroundings = surroundings;
    this.host = host;
    this.port = port;
  }

  /** Whether {@link #order} may change anything. Cheap: asked by every connect. */
  public boolean hasSuspects() {
    return history.hasSuspects(host, port);
  }

  /** Whether it has failed lately, or was silent, so that others are better tried before it. */
  public boolean isSuspect(InetAddress address) {
    AddressHistory known = history.find(host, port, address);
    return known != null && known.suspect();
  }

  /** Whether it has answered lately, and has not failed since. */
  public boolean isHealthy(InetAddress address) {
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
  @SuppressWarnings("ReferenceEquality") // The history gives back the very same objects.
  public List<InetAddress> order(List<InetAddress> wanted) {
    surroundings.look();
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
  public long delay(InetAddress address) {
    return history.delay(host, port, address);
  }

  /** The first address has answered, after this time, before any other was dialled. */
  public void won(InetAddress address, long nanos) {
    try {
      history.won(host, port, address, nanos);
    } catch (RuntimeException | Error unexpected) {
      surroundings.unexpected(unexpected);
    }
  }

  /**
   * A race is over.
   *
   * @param tried the address of each attempt, in start order
   */
  public void record(List<InetAddress> tried, List<AttemptRecord> attempts) {
    try {
      surroundings.look();
      history.record(host, port, tried, attempts);
    } catch (RuntimeException | Error unexpected) {
      surroundings.unexpected(unexpected);
    }
  }
}
