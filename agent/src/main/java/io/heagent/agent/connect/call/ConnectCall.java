package io.heagent.agent.connect.call;

import io.heagent.agent.config.RaceRule;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.DialGroup;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One connect of the program that is to be raced. Confined to the thread that connects, or to its
 * race where that goes on without it.
 */
public final class ConnectCall {

  /** No deadline. */
  public static final long NEVER = DialOrder.NEVER;

  /** What the program asked for; the fields below repeat it. */
  public final ConnectRequest request;

  public final ProgramSocket socket;

  public final String host;
  public final int port;
  public final RaceRule rule;

  /** {@link System#nanoTime} at which the caller's timeout is over, or {@link #NEVER}. */
  public final long deadline;

  /** The address that side sockets bind to, as the program's own is bound to it; null for any. */
  public final InetAddress local;

  /** The port that the program's own socket is bound to, and so side sockets too; 0 for none. */
  public final int localPort;

  /** The call that this one is nested in on the same thread, or null. */
  public ConnectCall outer;

  /** When it began, by {@link System#nanoTime}. */
  public final long startedAt;

  /** What is known of the name's addresses as it begins. */
  public final KnownAddresses known;

  /** Whether nothing was known of the name, so that nothing can be dialled before a look-up. */
  public final boolean unknown;

  /** What came of the look-up of a name that was not resolved; null where none was needed. */
  public final TargetResolution resolution;

  /** The program's address, or what stands for it where it gave a name only. */
  private final InetSocketAddress target;

  private final Ticket ticket;

  /** In which order it dials. Replaced as a whole, by its race only. */
  private DialOrder order;

  /** Written once, by {@link #failed}, on the thread that connects. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Whether the race goes on after the JDK's connect has returned. */
  public boolean continued;

  /** Set when the native connect has been reached: a call races once. */
  public boolean raced;

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
    this.socket = request.socket();
    this.host = request.host();
    this.port = request.port();
    this.rule = request.rule();
    this.startedAt = request.startedAt();
    boolean shortened = ticket != null && ticket.shortenedNanos() > 0;
    this.deadline = shortened ? startedAt + ticket.timeoutNanos() : request.deadline();
    this.local = request.local();
    this.localPort = request.localPort();
    this.target = target;
    this.ticket = ticket;
    this.known = known;
    this.order = order;
    this.unknown = order.requested() == null;
    this.resolution = resolution;
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
    return order.isReordered() ? new InetSocketAddress(order.first(), port) : target;
  }

  /** The Connection Attempt Delay after an attempt at this address: as the order says. */
  public long delayAfter(InetAddress address) {
    return order.delayAfter(address, ticket != null && ticket.standsDown());
  }
}
