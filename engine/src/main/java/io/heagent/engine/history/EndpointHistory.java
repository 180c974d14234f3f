package io.heagent.engine.history;

import io.heagent.engine.core.AttemptRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a {@link ConnectHistory} that concerns the one host and port that a connect goes to.
 * It has no state of its own; any thread may use it. Times are in nanoseconds.
 */
public final class EndpointHistory {

  /** What this class asks of its user. Any thread may call it. */
  public interface Surroundings {

    /**
     * Called when the history is about to matter, so that the implementation can find out whether
     * the network is still the same. It must not wait.
     */
    void look();

    /**
     * Takes an exception that was thrown while a connect was recorded; the connect itself goes on.
     * Must not throw.
     */
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

  /** Whether it was made for these. */
  boolean isIn(Surroundings others) {
    return surroundings == others;
  }

  /** Whether {@link #order} may change anything. It is cheap, because every connect asks. */
  public boolean hasSuspects() {
    return history.hasSuspects(host, port);
  }

  /**
   * Whether the address has failed or was silent lately, so that other addresses should be tried
   * before it.
   */
  public boolean isSuspect(InetAddress address) {
    AddressHistory known = history.find(host, port, address);
    return known != null && known.suspect();
  }

  /** Whether the address has answered lately and has not failed since. */
  public boolean isHealthy(InetAddress address) {
    AddressHistory known = history.find(host, port, address);
    return known != null && known.sinceSuccessNanos() >= 0 && known.failures() == 0;
  }

  /** How the address has failed lately; null if it has not, or has answered since. */
  public FailureKind lastFailure(InetAddress address) {
    AddressHistory known = history.find(host, port, address);
    return known == null || known.failures() == 0 ? null : known.lastFailure();
  }

  /**
   * The order in which to try addresses: as given, except that one healthy address, the last winner
   * if possible, is moved before the first suspect. Only one address is moved, so that every other
   * one is tried at most one place later than without history, even if the history is out of date.
   *
   * @return the given list itself if the order stays
   */
  @SuppressWarnings("ReferenceEquality") // The history returns the objects that it was given.
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

  /** The Connection Attempt Delay after an attempt at this address, in nanoseconds. */
  public long delay(InetAddress address) {
    return history.delay(host, port, address);
  }

  /**
   * Reports that the first address has answered after so many nanoseconds, before any other was
   * dialled.
   */
  public void won(InetAddress address, long nanos) {
    try {
      history.won(host, port, address, nanos);
    } catch (RuntimeException | Error unexpected) {
      surroundings.unexpected(unexpected);
    }
  }

  /**
   * Reports the attempts of a race that has ended.
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
