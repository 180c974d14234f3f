package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.List;

/**
 * A connect's ticket: handed to the {@link EndpointRegistry} as the connect begins, which writes
 * down what the connect is to leave out, how much time it has, and whom it follows. It is given
 * back once, when the connect has ended.
 *
 * <p>Only the registry writes what changes, under the monitor of the connect's {@link
 * EndpointState}: at the beginning, and later what is volatile. Whoever is handed the ticket by the
 * thread that began the connect may read the public methods.
 */
public final class Ticket {

  final InetAddress requested;
  final boolean blocking;
  final long thread;

  private final long programsTimeoutNanos;
  private final long leastNanos;

  /** Where it has begun; null before. */
  private EndpointState state;

  /** How much of its timeout it has had already, in the steps before. */
  private long paidNanos;

  /** Null for none. */
  private DialGroup group;

  private boolean follower;

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
   * For a connect that is about to begin.
   *
   * @param requested the address that the program has chosen
   * @param blocking whether the program's thread waits for it; else it is that of a channel
   * @param thread a number for the thread that begins it
   * @param timeoutNanos the program's timeout; 0 for none
   * @param leastNanos no timeout is shortened to less than this
   */
  public Ticket(
      InetAddress requested, boolean blocking, long thread, long timeoutNanos, long leastNanos) {
    this.requested = requested;
    this.blocking = blocking;
    this.thread = thread;
    this.programsTimeoutNanos = timeoutNanos;
    this.leastNanos = leastNanos;
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
    long timeout = programsTimeoutNanos;
    if (timeout == 0 || paidNanos == 0) {
      return timeout;
    }
    return Math.min(timeout, Math.max(timeout - paidNanos, leastNanos));
  }

  /** By how much that is shorter than the program's timeout. */
  public long shortenedNanos() {
    return programsTimeoutNanos - timeoutNanos();
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

  /** It begins here. */
  void begin(EndpointState where) {
    state = where;
  }

  EndpointState state() {
    return state;
  }

  /** It is a step of this sequence. */
  void stepOf(FailoverSequence aSequence) {
    excluded = aSequence.failed();
    // The timeout of a channel's connect, if there is one, is the program's own affair.
    paidNanos = blocking ? aSequence.paid(requested) : 0;
    sequence = aSequence;
  }

  /** It is one of these. */
  void join(DialGroup aGroup) {
    group = aGroup;
    follower = aGroup.join();
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
