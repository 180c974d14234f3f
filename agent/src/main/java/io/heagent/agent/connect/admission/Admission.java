package io.heagent.agent.connect.admission;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.candidates.ConnectPermission;
import io.heagent.agent.connect.candidates.SiblingGuard;
import io.heagent.agent.connect.loop.LoopTime;
import io.heagent.agent.connect.socket.JdkSocket;
import io.heagent.agent.log.Log;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.agent.resolve.NameLookups;
import io.heagent.agent.resolve.SiteFiles;
import io.heagent.agent.resolve.SystemSite;
import io.heagent.engine.address.Nat64Discovery;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.Endpoint;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.host.SystemRoutes;
import io.heagent.engine.order.DialOrder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.util.function.BiConsumer;
import sun.nio.ch.HeHook;

/** Decides which connects are raced. Any thread. */
public final class Admission implements BiConsumer<ConnectCall, ConnectOutcome> {

  public final BoundSockets bindings = new BoundSockets();
  public final ConnectedPeers peers = new ConnectedPeers();

  private final Settings settings;
  private final NameLookups names;

  /** Written as it is made, and by whoever finds that it cannot be after all. */
  private volatile boolean select;

  private final boolean async;
  private final EndpointRegistry registry = new EndpointRegistry(LoopTime.INSTANCE);
  private final HistoryRegistry histories = new HistoryRegistry();

  /** Null if the settings switch NAT64 off. */
  private final Nat64Discovery nat64;

  /** Made by the first connect that needs it, under this object's monitor. */
  private volatile CandidateServices services;

  /**
   * @param names looks names up
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   */
  public Admission(Settings settings, NameLookups names, boolean select, boolean async) {
    this.settings = settings;
    this.names = names;
    this.select = select;
    this.async = async;
    this.nat64 = settings.nat64() ? new Nat64Discovery(new SystemRoutes()) : null;
  }

  /**
   * A connect begins.
   *
   * @return the call to race; null if the connect is to go on without the agent
   * @throws IOException if the connect fails at once
   */
  public ConnectCall admit(int kind, Object impl, InetSocketAddress target, long timeoutNanos)
      throws IOException {
    return admit(kind, impl, null, target, timeoutNanos);
  }

  /** The same for a library's own channel, which is not bound. */
  public ConnectCall admit(ProgramSocket socket, InetSocketAddress target) throws IOException {
    return admit(HeHook.ASYNC, socket, socket, target, 0);
  }

  private ConnectCall admit(
      int kind, Object impl, ProgramSocket given, InetSocketAddress target, long timeoutNanos)
      throws IOException {
    String name = ChosenTarget.name(target);
    if (name == null && !ChosenTarget.isTranslated(target, nat64)) {
      return null;
    }
    String host = name == null ? target.getAddress().getHostAddress() : name;
    RaceRule rule = settings.ruleFor(host, target.getPort());
    if (rule == null || (target.isUnresolved() && !rule.unresolved())) {
      return null;
    }
    ProgramSocket socket = given == null ? JdkSocket.of(kind, impl) : given;
    if (!isRaceable(socket) || bindings.isFixed(impl, socket) || ConnectPermission.forbidRaces()) {
      return null;
    }
    InetAddress local = BoundSockets.address(socket);
    ConnectRequest request =
        new ConnectRequest(
            socket,
            host,
            target.getPort(),
            target.getAddress(),
            rule,
            System.nanoTime(),
            timeoutNanos,
            local,
            BoundSockets.port(socket),
            ConnectPermission.ofThread());
    return target.isUnresolved() ? unresolved(request) : chosen(request, target, name);
  }

  /** What all connects share to find the addresses that they may dial. */
  public CandidateServices services() {
    CandidateServices present = services;
    if (present == null) {
      synchronized (this) {
        present = services;
        if (present == null) {
          SiblingGuard guard = new SiblingGuard(new SiteFiles(new SystemSite(LoopTime.INSTANCE)));
          present = new CandidateServices(guard, nat64, new RefusalStreaks(), names);
          services = present;
        }
      }
    }
    return present;
  }

  private DialOrder order(ConnectRequest request, InetAddress requested) {
    EndpointHistory history =
        histories.of(request.rule(), request.host(), request.port(), request.local());
    return DialOrder.of(requested, request.rule().delayNanos(), history);
  }

  /**
   * Admits a connect to a name that the program has not looked up. It has no ticket, because the
   * program has chosen no address.
   */
  private ConnectCall unresolved(ConnectRequest request) throws IOException {
    CandidateRules rules = new CandidateRules(request, services(), null);
    TargetResolution found = new UnresolvedTarget(request, rules).resolve();
    if (found instanceof TargetResolution.NoSuchName) {
      return null;
    } else if (found instanceof TargetResolution.Closed
        && request.socket().kind() == SocketKind.CHANNEL) {
      // The exception that the JDK throws for a channel that is closed before it connects.
      throw StackTraceCleaner.cleaned(new AsynchronousCloseException());
    }
    InetSocketAddress target;
    KnownAddresses known;
    DialOrder order;
    if (found instanceof TargetResolution.Resolved resolved) {
      known = resolved.known();
      InetAddress first = resolved.addresses().get(0);
      target = new InetSocketAddress(first, request.port());
      boolean complete = known instanceof KnownAddresses.Cached;
      order = DialPlanner.plan(order(request, first), resolved.addresses(), complete, rules);
    } else {
      boolean notYet = found instanceof TargetResolution.NotYet;
      known = notYet ? ((TargetResolution.NotYet) found).known() : new KnownAddresses.None();
      target = UnresolvedTarget.placeholder(request);
      order = order(request, null);
    }
    return new ConnectCall(request, target, null, known, order, found);
  }

  /**
   * Admits a connect to an address that the program has chosen, if that address has siblings or may
   * have some.
   */
  private ConnectCall chosen(ConnectRequest request, InetSocketAddress target, String name) {
    KnownAddresses known = ChosenTarget.known(target, name, peers, names.lastAnswers(), nat64);
    if (known == null) {
      return null;
    }
    Endpoint endpoint = new Endpoint(request.host(), request.port());
    Ticket ticket = registry.begin(endpoint, start(request), request.startedAt());
    try {
      tellShortened(request, ticket);
      CandidateRules rules = new CandidateRules(request, services(), ticket);
      DialOrder order = DialPlanner.plan(order(request, request.requested()), known, rules);
      return new ConnectCall(request, target, ticket, known, order, null);
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
        Math.max(0, request.timeoutNanos()),
        DialOrder.finite(request.rule().delayNanos()));
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

  /** From now on no connect of a non-blocking channel is raced. */
  public void leaveSelectors() {
    select = false;
  }

  /** Whether the hooks that its race needs are in place in this JVM. */
  private boolean isRaceable(ProgramSocket socket) {
    if (socket.kind() == SocketKind.ASYNC) {
      return async;
    }
    return select || !socket.isNonBlocking();
  }

  @Override
  public void accept(ConnectCall ended, ConnectOutcome outcome) {
    over(ended, outcome);
  }

  /** A connect has ended. Any thread may call this; calls after the first one do nothing. */
  public void over(ConnectCall call, ConnectOutcome outcome) {
    if (call.ticket() != null) {
      ConnectOutcome whole = call.isRequestedOnly() ? outcome.ofRacingClient() : outcome;
      registry.end(call.ticket(), whole, System.nanoTime());
    }
  }
}
