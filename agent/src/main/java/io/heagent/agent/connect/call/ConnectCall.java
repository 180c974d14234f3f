package io.heagent.agent.connect.call;

import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.DialGroup;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.order.DialOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One connect of the program that may be raced: its request, what is known of the name, its ticket,
 * its order, and its phase. Only the thread that connects uses it, or its race if the race goes on
 * without that thread.
 */
public final class ConnectCall {

  /** The deadline of a connect that has none. */
  public static final long NEVER = DialOrder.NEVER;

  /** The connect has begun, and has not reached the native connect yet. */
  private static final byte BEGUN = 0;

  /** The connect has reached the native connect, and its race runs on the thread that connects. */
  private static final byte RACING = 1;

  /**
   * The race goes on after the JDK's connect has returned, and the race itself ends the connect.
   */
  private static final byte DETACHED = 2;

  /** What the program asked for. */
  public final ConnectRequest request;

  /**
   * The time at which the program's timeout ends, by {@link System#nanoTime}; {@link #NEVER} for
   * none.
   */
  public final long deadline;

  /** What was known of the name's addresses when the connect began. */
  public final KnownAddresses known;

  /** Whether no address was known, so that nothing can be dialled before a look-up. */
  public final boolean unknown;

  /** The result of the look-up of a name that was not resolved; null if no look-up was needed. */
  public final TargetResolution resolution;

  /** The program's address, or the one that takes its place if the program gave a name only. */
  private final InetSocketAddress target;

  private final Ticket ticket;

  /**
   * The dial order. {@code CandidateSource} alone replaces it, by {@link #follow}, on the thread of
   * a blocking race or under the monitor of a channel's race.
   */
  private DialOrder order;

  /** Null if the race is not recorded. */
  private final RaceTrace trace;

  /**
   * The phase, which only goes up, by {@link #race} and {@link #detach}. Written by the thread that
   * connects.
   */
  private byte phase = BEGUN;

  /** Written once, by {@link #failed} or {@link #refused}, on the thread that connects. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Written by {@link #refused}, on the thread that connects; null until then. */
  private IOException failure;

  /**
   * Begins a call.
   *
   * @param target the address that the JDK connects to, unless another address goes first
   * @param ticket coordinates this connect with other connects to its name; null for a connect to
   *     an unresolved name
   * @param order the order to begin with
   * @param resolution the result of the look-up of a name that was not resolved; null if no look-up
   *     was needed
   * @param trace where the race is recorded; null if it is not
   */
  public ConnectCall(
      ConnectRequest request,
      InetSocketAddress target,
      Ticket ticket,
      KnownAddresses known,
      DialOrder order,
      TargetResolution resolution,
      RaceTrace trace) {
    this.request = request;
    boolean shortened = ticket != null && ticket.shortenedNanos() > 0;
    this.deadline = shortened ? request.startedAt() + ticket.timeoutNanos() : request.deadline();
    this.target = target;
    this.ticket = ticket;
    this.known = known;
    this.order = order;
    this.unknown = order.requested() == null;
    this.resolution = resolution;
    this.trace = trace;
  }

  /** Where the race is recorded; null if it is not. */
  public RaceTrace trace() {
    return trace;
  }

  /** Called when the connect reaches the native connect. Only one race can begin. */
  public void race() {
    step(BEGUN, RACING);
  }

  /** Called when the race goes on after the JDK's connect has returned. */
  public void detach() {
    step(RACING, DETACHED);
  }

  private void step(byte from, byte to) {
    if (phase != from) {
      throw new IllegalStateException("phase " + phase);
    }
    phase = to;
  }

  /** Whether the connect has reached the native connect. */
  public boolean isRaced() {
    return phase >= RACING;
  }

  /** Whether the race goes on after the JDK's connect has returned. */
  public boolean isDetached() {
    return phase == DETACHED;
  }

  /** The dial order. */
  public DialOrder order() {
    return order;
  }

  /** Replaces the dial order. Only {@code CandidateSource} calls this. */
  public void follow(DialOrder other) {
    order = other;
  }

  /**
   * Whether the race dials no siblings, or no more of them, because the client that connects races
   * by itself.
   */
  public boolean isRequestedOnly() {
    return order.isRequestedOnly();
  }

  /** The ticket; null for a connect to an unresolved name. */
  public Ticket ticket() {
    return ticket;
  }

  /** The group of blocking connects in flight to the same address; null for none. */
  public DialGroup group() {
    return ticket == null ? null : ticket.group();
  }

  /**
   * Called when the race on the thread that connects has failed, so that the JDK's connect must
   * throw.
   */
  public void failed(ConnectOutcome how) {
    outcome = how;
  }

  /** Called instead of {@link #failed} if the program must get this very refusal. */
  public void refused(ConnectOutcome how, IOException refusal) {
    outcome = how;
    failure = refusal;
  }

  /** The exception that {@link #refused} was given; null for none. */
  public IOException failure() {
    return failure;
  }

  /** The outcome of a race that has failed on the thread that connects; UNKNOWN for any other. */
  public ConnectOutcome outcome() {
    return outcome;
  }

  /**
   * The address that the program asked for. For a name that was not resolved, it is the first one
   * that was found, and null while none was found.
   */
  public InetAddress requested() {
    return order.requested();
  }

  /** The history of connects to the name and port; null if history is not used. */
  public EndpointHistory history() {
    return order.history();
  }

  /**
   * The address that the JDK connects to, and so the one dialled first: the requested address, or
   * one that the order puts before it.
   */
  public InetSocketAddress remote() {
    return order.isReordered() ? new InetSocketAddress(order.first(), request.port()) : target;
  }

  /** The Connection Attempt Delay after an attempt at this address, as the order computes it. */
  public long delayAfter(InetAddress address) {
    return order.delayAfter(address, ticket != null && ticket.standsDown());
  }
}
