package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.engine.address.Nat64Discovery;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.DialGroup;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.resolve.SharedLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.AccessControlContext;
import java.util.List;

/**
 * One connect of the program that is to be raced. Confined to the thread that connects, or to its
 * race where that goes on without it.
 */
@SuppressWarnings("removal") // AccessControlContext is of use up to JDK 23: JEP 486.
final class ConnectCall {

  /** RFC 8305, section 5: a delay from history should not be shorter, or MUST not. */
  private static final long SHORTEST_NANOS = 100_000_000L;

  private static final long HASTY_NANOS = 10_000_000L;

  private static final int PATIENCE_DELAYS = 10;

  /** A lost SYN is sent again after a second (RFC 6298), and then its answer takes its time. */
  private static final long SHORTEST_PATIENCE_NANOS = 2_500_000_000L;

  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * What happened before any dial, as an unresolved name was looked up; the JDK's connect tells.
   */
  enum Trouble {
    NONE,
    TIMED_OUT,
    INTERRUPTED
  }

  final ProgramSocket socket;

  final String host;
  final int port;
  final RaceRule rule;

  /**
   * {@link System#nanoTime} at which the caller's timeout is over, or {@link #NEVER}. Brought
   * forward by {@link #begun} only, before the race.
   */
  long deadline;

  /** The address that side sockets bind to, as the program's own is bound to it; null for any. */
  final InetAddress local;

  /** What the program's code that connects may do; null where there is no security manager. */
  final AccessControlContext rights = CallerRights.ofThread();

  /** The port that the program's own socket is bound to, and so side sockets too; 0 for none. */
  int localPort;

  /** The call that this one is nested in on the same thread, or null. */
  ConnectCall outer;

  /** When it began, by {@link System#nanoTime}. */
  final long startedAt = System.nanoTime();

  /**
   * What the JDK connects to, and so the address dialled first: the requested one, or the one that
   * history puts before it.
   */
  InetSocketAddress remote;

  /**
   * The address that the program asked for; for an unresolved name the first one found, null while
   * there is none.
   */
  InetAddress requested;

  /** What reaches IPv4 from a host with IPv6 only; null where the settings switch it off. */
  Nat64Discovery nat64;

  /** Keeps more private siblings out. */
  SiblingGuard guard = SiblingGuard.STRICT;

  /** What is remembered; null where history is not used. */
  CallHistory history;

  /** Whether another address goes before the requested one, by history or RFC 6724. */
  boolean reordered;

  /** Whether history has had its say. */
  boolean ordered;

  /** Whether the requested address is known as dead, and its siblings are not known at all. */
  boolean hasty;

  /** The addresses of the name in the JDK's order as far as they are known without a look-up. */
  InetAddress[] known;

  /** The look-up under way of a name that was not resolved; null for none. */
  SharedLookup lookup;

  /**
   * Whether the program chose {@link #requested} itself, so that siblings must not be more private.
   */
  boolean guarded;

  /** Whether nothing is known of the name yet, so that {@link #remote} is a mere placeholder. */
  boolean unknown;

  Trouble trouble = Trouble.NONE;

  /** What coordinates it with other connects to its name; null for one to an unresolved name. */
  private Ticket ticket;

  /**
   * Set for good by {@link #dialRequestedOnly}, on the thread that connects or in its race. Read in
   * the race.
   */
  private boolean requestedOnly;

  /** Written once, by {@link #failed}, on the thread that connects. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Whether the race goes on after the JDK's connect has returned. */
  boolean continued;

  /** Set when the native connect has been reached: a call races once. */
  boolean raced;

  ConnectCall(
      ProgramSocket socket,
      String host,
      int port,
      RaceRule rule,
      long timeoutNanos,
      InetAddress local) {
    this.socket = socket;
    this.host = host;
    this.port = port;
    this.rule = rule;
    this.deadline = timeoutNanos <= 0 ? NEVER : startedAt + timeoutNanos;
    this.local = local;
  }

  /**
   * The Connection Attempt Delay after an attempt at this address, in nanoseconds: by what is known
   * of it, else the one that is set. An address of which longer connect times are known may have up
   * to twice that, if it is the requested one and the first: so no connect is ever later by more
   * than one delay than it was without history.
   */
  long delayAfter(InetAddress address) {
    long set = rule.delayNanos();
    if (set == RaceRule.DELAY_OFF) {
      return set;
    } else if (hasty && address.equals(requested)) {
      return HASTY_NANOS;
    }
    long delay = history == null ? set : history.delay(address);
    if (reordered || !address.equals(requested)) {
      return Math.min(delay, set);
    }
    // An address that is known as dead keeps nobody waiting, whatever the program seems to do.
    boolean standing =
        ticket != null && ticket.standsDown() && (history == null || !history.isSuspect(requested));
    return standing ? Math.min(2 * delay, 2 * set) : delay;
  }

  /** The ticket that it has been given, before its race. */
  void begun(Ticket given) {
    ticket = given;
    if (given.shortenedNanos() > 0) {
      deadline = startedAt + given.timeoutNanos();
    }
  }

  /** Null where it has none. */
  Ticket ticket() {
    return ticket;
  }

  /** The caller's timeout in nanoseconds; 0 for none. */
  long timeoutNanos() {
    return deadline == NEVER ? 0 : deadline - startedAt;
  }

  /** What has failed in the program's steps before this one, and is not to be tried again. */
  List<InetAddress> excluded() {
    return ticket == null ? List.of() : ticket.excluded();
  }

  /** The blocking connects in flight to the same address; null for none. */
  DialGroup group() {
    return ticket == null ? null : ticket.group();
  }

  /** No (more) siblings are to join: the client that has called races by itself. */
  void dialRequestedOnly() {
    requestedOnly = true;
  }

  boolean isRequestedOnly() {
    return requestedOnly;
  }

  /** Its race, on the thread that connects, has failed like this; the JDK's connect is to end. */
  void failed(ConnectOutcome how) {
    outcome = how;
  }

  /** How its race, on the thread that connects, has failed, as far as that is known. */
  ConnectOutcome outcome() {
    return outcome;
  }

  /**
   * How long a connect goes on after its own address has failed, for siblings that say nothing:
   * counted from the last dial, the time for one lost packet to be sent again and answered,
   * whatever the delay. The program would have had that failure at once: it may wait for a cure,
   * but not for its whole timeout, and without one not for minutes.
   */
  long patience() {
    return Math.max(PATIENCE_DELAYS * finite(rule.delayNanos()), SHORTEST_PATIENCE_NANOS);
  }

  /** A delay, or the default one where it never ends. */
  static long finite(long delay) {
    return delay == RaceRule.DELAY_OFF ? RaceRule.DEFAULT.delayNanos() : delay;
  }

  /** The address dialled first has answered before any other was dialled. */
  void answered(InetAddress address, long nanos) {
    if (history != null) {
      history.won(address, nanos);
    }
    BrokenPaths.OF_PROCESS.answered(address);
  }

  /** No delay of this call is shorter. */
  long shortestDelay() {
    if (hasty) {
      return HASTY_NANOS;
    }
    return Math.min(rule.delayNanos(), history == null ? Long.MAX_VALUE : SHORTEST_NANOS);
  }
}
