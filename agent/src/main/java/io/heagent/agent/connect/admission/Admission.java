package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.candidates.ConnectPermission;
import io.heagent.agent.connect.socket.JdkSocket;
import io.heagent.agent.log.Log;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.agent.observe.Reason;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.order.DialOrder;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Decides which connects are raced, of those whose targets {@link TargetFilter} has let pass. The
 * agent makes it when it meets the first such target. Any thread.
 */
public final class Admission implements BiConsumer<ConnectCall, ConnectOutcome> {

  private final BoundSockets bindings;
  private final ConnectedPeers peers;
  private final HistoryRegistry histories;
  private final CandidateServices services;
  private final BooleanSupplier select;
  private final boolean async;
  private final Observer observer;
  private final EndpointRegistry registry;

  /**
   * @param timers for connects that wait for each other
   * @param bindings where the program has bound its sockets
   * @param peers the addresses that connected sockets have given out
   * @param histories what earlier connects taught
   * @param services what its connects share to find the addresses that they may dial
   * @param select whether non-blocking channels can be raced in this JVM, which may end
   * @param async whether asynchronous channels can be
   * @param observer is told of each connect, raced or not
   */
  public Admission(
      Scheduler timers,
      BoundSockets bindings,
      ConnectedPeers peers,
      HistoryRegistry histories,
      CandidateServices services,
      BooleanSupplier select,
      boolean async,
      Observer observer) {
    this.registry = new EndpointRegistry(timers);
    this.bindings = bindings;
    this.peers = peers;
    this.histories = histories;
    this.services = services;
    this.select = select;
    this.async = async;
    this.observer = observer;
  }

  /**
   * Decides about a connect that begins.
   *
   * @return the call to race; null if the connect is to go on without the agent
   * @throws IOException if the connect fails at once
   */
  public ConnectCall admit(int kind, Object impl, ConnectRequest.Target target, long timeoutNanos)
      throws IOException {
    return admit(JdkSocket.of(kind, impl), impl, target, timeoutNanos);
  }

  /**
   * Decides about a connect of a library's own channel, such as Netty's. That channel is not bound
   * to an address, and its library keeps the timeout.
   */
  public ConnectCall admit(ProgramSocket socket, ConnectRequest.Target target) throws IOException {
    return admit(socket, socket, target, 0);
  }

  private ConnectCall admit(
      ProgramSocket socket, Object impl, ConnectRequest.Target target, long timeoutNanos)
      throws IOException {
    Reason why = reasonToLeave(impl, socket);
    if (why != null) {
      return leave(target, why);
    }
    ConnectRequest.Bounds bounds =
        ConnectRequest.Bounds.of(
            BoundSockets.address(socket), BoundSockets.port(socket), ConnectPermission.ofThread());
    ConnectRequest request =
        new ConnectRequest(socket, target, System.nanoTime(), timeoutNanos, bounds);
    RaceTrace trace = observer.begin(request.host(), request.port(), socket.kind().name());
    boolean named = target.address().isUnresolved();
    return named ? unresolved(request, trace) : chosen(request, trace);
  }

  /** Why this socket's connect is not raced, whatever its target is; null if it may be. */
  private Reason reasonToLeave(Object impl, ProgramSocket socket) {
    if (!isRaceable(socket)) {
      return Reason.UNHOOKED;
    } else if (bindings.isFixed(impl, socket)) {
      return Reason.BOUND;
    }
    return ConnectPermission.forbidRaces() ? Reason.FORBIDDEN : null;
  }

  /**
   * Decides about a connect that begins and that the settings have only watched ({@code
   * mode=observe}).
   *
   * @return the socket to watch; null if the agent would not race the connect either, or if it
   *     would first have to look the name up to know
   */
  public ProgramSocket admitToWatch(int kind, Object impl, ConnectRequest.Target target) {
    return admitToWatch(JdkSocket.of(kind, impl), impl, target);
  }

  ProgramSocket admitToWatch(ProgramSocket socket, Object impl, ConnectRequest.Target target) {
    Reason why = reasonToLeave(impl, socket);
    if (why == null) {
      boolean named = target.address().isUnresolved();
      if (!named && peers.contains(target.address().getAddress())) {
        why = Reason.PEER;
      } else {
        why = named || target.known() == null ? Reason.UNSEEN : Reason.OBSERVE;
      }
    }
    observer.leftAlone(why, target.address());
    return why == Reason.OBSERVE ? socket : null;
  }

  private ConnectCall leave(ConnectRequest.Target target, Reason why) {
    observer.leftAlone(why, target.address());
    return null;
  }

  /**
   * Admits a connect to a name that the program has not looked up. It has no ticket, because the
   * program has chosen no address.
   */
  private ConnectCall unresolved(ConnectRequest request, RaceTrace trace) throws IOException {
    ConnectCall call = UnresolvedCall.begin(request, services, histories, trace);
    return call == null ? leave(request.target(), Reason.NAMELESS) : call;
  }

  /**
   * Admits a connect to an address that the program has chosen, if that address has siblings or may
   * have some.
   */
  private ConnectCall chosen(ConnectRequest request, RaceTrace trace) {
    if (peers.contains(request.requested())) {
      // A connected socket has given it out, so the program means exactly that machine.
      return leave(request.target(), Reason.PEER);
    }
    long least = DialOrder.finite(request.rule().delayNanos());
    Ticket ticket =
        registry.begin(request.host(), request.port(), start(request), least, request.startedAt());
    try {
      tellShortened(request, ticket);
      ConnectCall call = new ConnectCall(request, ticket, histories.of(request), trace);
      if (DialPlanner.isDue(request, call.history())) {
        CandidateRules rules = new CandidateRules(request, services, ticket);
        call.follow(DialPlanner.plan(call.order(), call.known(), rules));
      }
      return call;
    } catch (RuntimeException | Error unexpected) {
      registry.end(ticket, ConnectOutcome.UNKNOWN, System.nanoTime());
      throw unexpected;
    }
  }

  private static Ticket start(ConnectRequest request) {
    return new Ticket(
        request.requested(),
        !request.socket().isNonBlocking(),
        Thread.currentThread().getId(),
        Math.max(0, request.timeoutNanos()));
  }

  private static void tellShortened(ConnectRequest request, Ticket ticket) {
    if (ticket.shortenedNanos() > 0 && Log.isDebug()) {
      Log.debug(
          request.host()
              + ':'
              + request.port()
              + ": "
              + request.requested().getHostAddress()
              + " was silent for most of the timeout already, beside the address before it:"
              + " has "
              + ticket.timeoutNanos() / 1_000_000L
              + " ms now");
    }
  }

  /** Whether the hooks that its race needs are in place in this JVM. */
  private boolean isRaceable(ProgramSocket socket) {
    if (socket.kind() == SocketKind.ASYNC) {
      return async;
    }
    return select.getAsBoolean() || !socket.isNonBlocking();
  }

  @Override
  public void accept(ConnectCall ended, ConnectOutcome outcome) {
    over(ended, outcome);
  }

  /**
   * Called when a connect has ended, so that other connects to its host and port learn from it. Any
   * thread may call this; calls after the first one do nothing.
   */
  public void over(ConnectCall call, ConnectOutcome outcome) {
    if (call.ticket() != null) {
      ConnectOutcome whole = call.isRequestedOnly() ? outcome.ofRacingClient() : outcome;
      registry.end(call.ticket(), whole, System.nanoTime());
    }
  }
}
