package io.heagent.engine.coordination;

import java.net.InetAddress;
import java.util.List;

/**
 * The ticket of one connect. The caller gives it to the {@link EndpointRegistry} when the connect
 * begins; the registry writes into it which addresses the connect leaves out, how much time it has,
 * and whether it follows others. The caller gives it back once, when the connect has ended. Times
 * are in nanoseconds.
 *
 * <p>Only the registry writes the fields that change, under the monitor of the connect's {@link
 * EndpointState}: all of them when the connect begins, and later only the volatile ones and {@code
 * ended}. A thread that was handed the ticket by the thread that began the connect may call the
 * public methods.
 */
public final class Ticket {

  final InetAddress requested;
  final boolean blocking;
  final long thread;

  private final long programsTimeoutNanos;

  /** The state that the connect is entered in; null before it has begun. */
  private EndpointState state;

  /** Null if it belongs to none. */
  private DialGroup group;

  private boolean follower;

  /** Written as {@link #step} is. */
  private volatile boolean standsDown;

  /**
   * What its failover sequence means for this connect; null if it is no step of one. Written under
   * the monitor; for a channel's connect any thread may do so later.
   */
  private volatile Step step;

  /** Its entry among the channels' connects of its thread; null for a blocking connect. */
  private PendingConnects.Entry entry;

  private boolean ended;

  /**
   * What few connects need, so that the others have no room for it.
   *
   * @param excluded the addresses that have failed in earlier steps
   * @param shortenedNanos by how much this step's timeout is shorter than the program's
   */
  private record Step(FailoverSequence sequence, List<InetAddress> excluded, long shortenedNanos) {}

  /**
   * Makes the ticket of a connect that is about to begin.
   *
   * @param requested the address that the program has requested
   * @param blocking whether the program's thread waits for the connect; otherwise it is a channel's
   * @param thread the number of the thread that begins the connect
   * @param timeoutNanos the program's timeout; 0 for none
   */
  public Ticket(InetAddress requested, boolean blocking, long thread, long timeoutNanos) {
    this.requested = requested;
    this.blocking = blocking;
    this.thread = thread;
    this.programsTimeoutNanos = timeoutNanos;
  }

  /**
   * The addresses that have failed in earlier steps of the program's failover sequence. This
   * connect does not try them again, except its own address.
   */
  public List<InetAddress> excluded() {
    Step one = step;
    return one == null ? List.of() : one.excluded;
  }

  /** Whether the program seems to race by itself, so that other addresses join after two delays. */
  public boolean standsDown() {
    return standsDown;
  }

  /**
   * The timeout of this connect, in nanoseconds; 0 for none. A step to an address that earlier
   * steps have waited for has the rest of the program's timeout, but not less than the registry was
   * told when the connect began: so every address is dialled before it fails, and an address that
   * works again has time to answer.
   */
  public long timeoutNanos() {
    return programsTimeoutNanos - shortenedNanos();
  }

  /** By how much {@link #timeoutNanos} is shorter than the program's timeout, in nanoseconds. */
  public long shortenedNanos() {
    Step one = step;
    return one == null ? 0 : one.shortenedNanos;
  }

  /**
   * The blocking connects that ask for the same address; null for a channel's connect and for a
   * step of a sequence.
   */
  public DialGroup group() {
    return group;
  }

  /** Whether this connect is a follower of its group: it waits for the leaders before it dials. */
  public boolean isFollower() {
    return follower;
  }

  void standDown(boolean stands) {
    standsDown = stands;
  }

  /** The connect is entered in this state. */
  void begin(EndpointState where) {
    state = where;
  }

  /** When a channel's connect began. */
  long begunAt() {
    return entry.since();
  }

  EndpointState state() {
    return state;
  }

  /**
   * The connect is a step of this sequence.
   *
   * @param leastNanos the timeout is not shortened to less than this
   */
  void stepOf(FailoverSequence sequence, long leastNanos) {
    // A channel's connect has no timeout that the JDK knows of; the program measures it itself.
    long paid = blocking ? sequence.paid(requested) : 0;
    long timeout = programsTimeoutNanos;
    long shortened =
        timeout == 0 || paid == 0
            ? 0
            : timeout - Math.min(timeout, Math.max(timeout - paid, leastNanos));
    step = new Step(sequence, sequence.failed(), shortened);
  }

  /** The connect joins this group. */
  void join(DialGroup aGroup) {
    group = aGroup;
    follower = aGroup.join();
  }

  /** The failover sequence that this connect is a step of; null for none. */
  FailoverSequence sequence() {
    Step one = step;
    return one == null ? null : one.sequence;
  }

  void enter(PendingConnects.Entry place) {
    entry = place;
  }

  PendingConnects.Entry entry() {
    return entry;
  }

  /**
   * Marks the ticket as given back.
   *
   * @return false if it has been given back before
   */
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
