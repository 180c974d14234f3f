package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.List;

/**
 * What the {@link EndpointRegistry} has given a connect that begins: what to leave out, how much
 * time it has, and whom it follows. It is given back once, when the connect has ended.
 *
 * <p>Only the registry writes what changes, under the monitor of the connect's {@link
 * EndpointState}. Whoever has the ticket may read the public methods on any thread.
 */
public final class Ticket {

  final EndpointState state;
  final ConnectStart connect;

  private final long paidNanos;

  /** Null for none; the same for good, as the next. */
  private final DialGroup group;

  private final boolean follower;

  /** Written under the monitor, of a channel's connect by whatever thread. */
  private volatile List<InetAddress> excluded = List.of();

  /** Written as {@link #excluded}. */
  private volatile boolean standsDown;

  /** The failover sequence that this connect is a step of; null for none. */
  private FailoverSequence sequence;

  /** Its place among the channels' connects of its thread; null for a blocking one. */
  private PendingConnects.Entry entry;

  private boolean ended;

  /**
   * For a connect.
   *
   * @param paidNanos how much of its timeout it has had already
   * @param group null for none
   * @param follower whether it is to watch the others of its group
   */
  Ticket(
      EndpointState state,
      ConnectStart connect,
      long paidNanos,
      DialGroup group,
      boolean follower) {
    this.state = state;
    this.connect = connect;
    this.paidNanos = paidNanos;
    this.group = group;
    this.follower = follower;
  }

  /**
   * The addresses that have failed in the program's earlier steps to the name, so that this connect
   * does not try them again beside its own.
   */
  public List<InetAddress> excluded() {
    return excluded;
  }

  /** Whether its owner seems to race by itself, so that others join after two delays. */
  public boolean standsDown() {
    return standsDown;
  }

  /**
   * The timeout that it has, in nanoseconds; 0 for none. A step to an address that was waited for
   * in the steps before has the rest of the program's timeout, or the least that a connect is to
   * have: an address that is back by now answers in that time, and none is failed without having
   * been dialled.
   */
  public long timeoutNanos() {
    long timeout = connect.timeoutNanos();
    if (timeout == 0 || paidNanos == 0) {
      return timeout;
    }
    return Math.min(timeout, Math.max(timeout - paidNanos, connect.leastNanos()));
  }

  /** By how much that is shorter than the program's timeout. */
  public long shortenedNanos() {
    return connect.timeoutNanos() - timeoutNanos();
  }

  /** The blocking connects that ask for the same address; null for none. */
  public DialGroup group() {
    return group;
  }

  /** Whether many others of its group dial that address, and none has had an answer yet. */
  public boolean isFollower() {
    return follower;
  }

  void standDown(boolean stands) {
    standsDown = stands;
  }

  /** It is a step of this sequence; another address than those that failed is new to it. */
  void stepOf(FailoverSequence aSequence) {
    excluded = aSequence.failed();
    sequence = aSequence;
  }

  FailoverSequence sequence() {
    return sequence;
  }

  void enter(PendingConnects.Entry place) {
    entry = place;
  }

  PendingConnects.Entry entry() {
    return entry;
  }

  /**
   * Marks it as given back.
   *
   * @return false if that has been done before
   */
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
