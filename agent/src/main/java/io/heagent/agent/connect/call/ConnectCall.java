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

  private final Ticket ticket;

  /** Null where history is not used. */
  private final EndpointHistory history;

  /** Null if no look-up was needed. */
  private final Lookup lookup;

  private final boolean unknown;

  /**
   * The dial order; null for that in which the requested address goes first, because most connects
   * are over before anybody asks for it. {@link #follow} alone writes it: when the connect begins,
   * and later on the thread of a blocking race or under the monitor of a channel's race.
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
   * What the look-up of a name that was not resolved has given. Immutable.
   *
   * @param resolution its result
   * @param known what was known of the name's addresses when the connect began
   * @param target the address that the JDK connects to, unless another address goes first
   */
  public record Lookup(
      TargetResolution resolution, KnownAddresses known, InetSocketAddress target) {}

  /**
   * Begins a call to an address that the program has chosen.
   *
   * @param ticket coordinates this connect with other connects to its name; null if nothing does
   * @param history what is remembered of the host and port; null where history is not used
   * @param trace where the race is recorded; null if it is not
   */
  public ConnectCall(
      ConnectRequest request, Ticket ticket, EndpointHistory history, RaceTrace trace) {
    this.request = request;
    this.ticket = ticket;
    this.history = history;
    this.lookup = null;
    this.unknown = false;
    this.trace = trace;
  }

  /**
   * Begins a call to a name that the program has not looked up. It has no ticket.
   *
   * @param order the order to begin with; it requests no address if none is known, so that nothing
   *     can be dialled before a look-up
   */
  public ConnectCall(ConnectRequest request, DialOrder order, Lookup lookup, RaceTrace trace) {
    this.request = request;
    this.ticket = null;
    this.history = order.history();
    this.lookup = lookup;
    this.unknown = order.requested() == null;
    this.order = order;
    this.trace = trace;
  }

  /**
   * The time at which the program's timeout ends, by {@link System#nanoTime}; {@link #NEVER} for
   * none.
   */
  public long deadline() {
    boolean shortened = ticket != null && ticket.shortenedNanos() > 0;
    return shortened ? request.startedAt() + ticket.timeoutNanos() : request.deadline();
  }

  /** What was known of the name's addresses when the connect began. */
  public KnownAddresses known() {
    if (lookup != null) {
      return lookup.known;
    }
    InetAddress[] all = request.target().known();
    return all == null ? new KnownAddresses.None() : new KnownAddresses.Cached(all);
  }

  /** Whether all addresses of the name were known when the connect began. */
  public boolean areAllKnown() {
    return lookup == null
        ? request.target().known() != null
        : lookup.known instanceof KnownAddresses.Cached;
  }

  /** Whether no address was known, so that nothing can be dialled before a look-up. */
  public boolean isUnknown() {
    return unknown;
  }

  /** The result of the look-up of a name that was not resolved; null if no look-up was needed. */
  public TargetResolution resolution() {
    return lookup == null ? null : lookup.resolution;
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
    DialOrder followed = order;
    return followed == null ? asRequested() : followed;
  }

  private DialOrder asRequested() {
    return DialOrder.of(request.requested(), request.rule().delayNanos(), history);
  }

  /** Whether another address than the requested one goes first. */
  public boolean isReordered() {
    DialOrder followed = order;
    return followed != null && followed.isReordered();
  }

  /** A lower bound of all delays of this connect. */
  public long shortestDelay() {
    DialOrder followed = order;
    return followed == null
        ? DialOrder.shortestDelay(request.rule().delayNanos(), history)
        : followed.shortestDelay();
  }

  /**
   * Replaces the dial order. Only admission calls this, before the call is handed to anybody, and
   * then only {@code CandidateSource}.
   */
  public void follow(DialOrder other) {
    order = other;
  }

  /**
   * Whether the race dials no siblings, or no more of them, because the client that connects races
   * by itself.
   */
  public boolean isRequestedOnly() {
    DialOrder followed = order;
    return followed != null && followed.isRequestedOnly();
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
    DialOrder followed = order;
    return followed == null ? request.requested() : followed.requested();
  }

  /** The history of connects to the name and port; null if history is not used. */
  public EndpointHistory history() {
    return history;
  }

  /**
   * The address that the JDK connects to, and so the one dialled first: the requested address, or
   * one that the order puts before it.
   */
  public InetSocketAddress remote() {
    if (isReordered()) {
      return new InetSocketAddress(order.first(), request.port());
    }
    return lookup == null ? request.target().address() : lookup.target;
  }

  /** The Connection Attempt Delay after an attempt at this address, as the order computes it. */
  public long delayAfter(InetAddress address) {
    return order().delayAfter(address, ticket != null && ticket.standsDown());
  }
}
