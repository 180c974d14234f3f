package io.heagent.agent.connect.call;

import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.DialGroup;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.order.DialOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One connect of the program that is to be raced: what was asked for, what is known of it, its
 * ticket, its order, and how far it is. Confined to the thread that connects, or to its race where
 * that goes on without it.
 */
public final class ConnectCall {

  /** No deadline. */
  public static final long NEVER = DialOrder.NEVER;

  /** It has begun, and the native connect is still to come. */
  private static final int BEGUN = 0;

  /** The native connect has been reached, and its race runs on the thread that connects. */
  private static final int RACING = 1;

  /** Its race goes on after the JDK's connect has returned, and ends the connect itself. */
  private static final int DETACHED = 2;

  /** What the program asked for. */
  public final ConnectRequest request;

  /** {@link System#nanoTime} at which the caller's timeout is over, or {@link #NEVER}. */
  public final long deadline;

  /** What is known of the name's addresses as it begins. */
  public final KnownAddresses known;

  /** Whether nothing was known of the name, so that nothing can be dialled before a look-up. */
  public final boolean unknown;

  /** What came of the look-up of a name that was not resolved; null where none was needed. */
  public final TargetResolution resolution;

  /** The program's address, or what stands for it where it gave a name only. */
  private final InetSocketAddress target;

  private final Ticket ticket;

  /**
   * In which order it dials. Replaced as a whole by {@link #follow}, which only its one race calls:
   * the blocking race on the thread that connects, the channel's under its monitor.
   */
  private DialOrder order;

  /** Written by {@link #nestIn}, before anybody else sees this. */
  private ConnectCall outer;

  /** Goes up only: {@link #race}, {@link #detach}. Written by the thread that connects. */
  private int phase = BEGUN;

  /** Written once, by {@link #failed}, on the thread that connects. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Written by {@link #refused}, on the thread that connects; null before. */
  private IOException failure;

  /**
   * @param target what the JDK is to connect to, unless another address goes first
   * @param ticket what coordinates it with other connects to its name; null for one to an
   *     unresolved name
   * @param order the order to begin with
   */
  public ConnectCall(
      ConnectRequest request,
      InetSocketAddress target,
      Ticket ticket,
      KnownAddresses known,
      DialOrder order,
      TargetResolution resolution) {
    this.request = request;
    boolean shortened = ticket != null && ticket.shortenedNanos() > 0;
    this.deadline = shortened ? request.startedAt() + ticket.timeoutNanos() : request.deadline();
    this.target = target;
    this.ticket = ticket;
    this.known = known;
    this.order = order;
    this.unknown = order.requested() == null;
    this.resolution = resolution;
  }

  /** It begins while another one is under way on the same thread. */
  public void nestIn(ConnectCall enclosing) {
    outer = enclosing;
  }

  /** The call that this one is nested in on the same thread, or null. */
  public ConnectCall outer() {
    return outer;
  }

  /** The native connect is reached: a call races once. */
  public void race() {
    step(BEGUN, RACING);
  }

  /** Its race goes on after the JDK's connect has returned. */
  public void detach() {
    step(RACING, DETACHED);
  }

  private void step(int from, int to) {
    if (phase != from) {
      throw new IllegalStateException("phase " + phase);
    }
    phase = to;
  }

  /** Whether the native connect has been reached. */
  public boolean isRaced() {
    return phase >= RACING;
  }

  /** Whether the race goes on after the JDK's connect has returned. */
  public boolean isDetached() {
    return phase == DETACHED;
  }

  /** In which order it dials. */
  public DialOrder order() {
    return order;
  }

  /** Its race goes on in another order. */
  public void follow(DialOrder other) {
    order = other;
  }

  /** Whether no (more) siblings are to join: the client that has called races by itself. */
  public boolean isRequestedOnly() {
    return order.isRequestedOnly();
  }

  /** Null where it has none. */
  public Ticket ticket() {
    return ticket;
  }

  /** The blocking connects in flight to the same address; null for none. */
  public DialGroup group() {
    return ticket == null ? null : ticket.group();
  }

  /** Its race, on the thread that connects, has failed like this; the JDK's connect is to end. */
  public void failed(ConnectOutcome how) {
    outcome = how;
  }

  /** The same where the refusal of the address dialled is the outcome, as it is. */
  public void refused(ConnectOutcome how, IOException refusal) {
    outcome = how;
    failure = refusal;
  }

  /** What {@link #refused} was given; null before that. */
  public IOException failure() {
    return failure;
  }

  /** How its race, on the thread that connects, has failed, as far as that is known. */
  public ConnectOutcome outcome() {
    return outcome;
  }

  /**
   * The address that the program asked for; of a name that was not resolved the first one found,
   * null while there is none.
   */
  public InetAddress requested() {
    return order.requested();
  }

  /** What is remembered; null where history is not used. */
  public EndpointHistory history() {
    return order.history();
  }

  /**
   * What the JDK connects to, and so the address dialled first: the requested one, or the one that
   * goes before it.
   */
  public InetSocketAddress remote() {
    return order.isReordered() ? new InetSocketAddress(order.first(), request.port()) : target;
  }

  /** The Connection Attempt Delay after an attempt at this address: as the order says. */
  public long delayAfter(InetAddress address) {
    return order.delayAfter(address, ticket != null && ticket.standsDown());
  }
}
