package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.config.Settings;
import io.heagent.agent.log.Log;
import io.heagent.engine.address.Literals;
import io.heagent.engine.address.Nat64Discovery;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.ConnectStart;
import io.heagent.engine.coordination.Endpoint;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.host.SystemRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import sun.nio.ch.HeCache;

/** Decides which connects are raced. Any thread. */
final class Admission implements BiConsumer<ConnectCall, ConnectOutcome> {

  final LocalBindings bindings = new LocalBindings();
  final PeerAddresses peers = new PeerAddresses();

  private final Settings settings;
  private final boolean select;
  private final boolean async;
  private final EndpointRegistry registry = new EndpointRegistry(LoopTime.INSTANCE);
  private final Histories histories = new Histories();

  private final SiblingGuard guard = new SiblingGuard(new SiteFiles(new ThisSite()));

  /** Null where the settings switch it off. */
  private final Nat64Discovery nat64;

  /**
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   */
  Admission(Settings settings, boolean select, boolean async) {
    this.settings = settings;
    this.select = select;
    this.async = async;
    this.nat64 = settings.nat64() ? new Nat64Discovery(new SystemRoutes()) : null;
  }

  /**
   * A connect begins.
   *
   * @return the call to race; null where the JDK's own path is to run untouched
   * @throws IOException where the program is to be told at once
   */
  ConnectCall admit(int kind, Object impl, InetSocketAddress target, long timeoutNanos)
      throws IOException {
    String name = name(target);
    if (name == null && !isTranslated(target)) {
      return null;
    }
    String host = name == null ? target.getAddress().getHostAddress() : name;
    RaceRule rule = settings.ruleFor(host, target.getPort());
    if (rule == null || (target.isUnresolved() && !rule.unresolved())) {
      return null;
    }
    ProgramSocket socket = JdkSocket.of(kind, impl);
    if (!isRaceable(socket) || bindings.isFixed(impl, socket) || CallerRights.forbidRaces()) {
      return null;
    }
    InetAddress local = LocalBindings.address(socket);
    ConnectCall call = new ConnectCall(socket, host, target.getPort(), rule, timeoutNanos, local);
    call.localPort = LocalBindings.port(socket);
    call.nat64 = nat64;
    call.guard = guard;
    return begin(call, target, name == null) ? call : null;
  }

  private boolean begin(ConnectCall call, InetSocketAddress target, boolean literal)
      throws IOException {
    if (target.isUnresolved()) {
      remember(call);
      return call.socket.isNonBlocking() ? Unresolved.prepare(call) : Unresolved.resolve(call);
    } else if (!hasSiblings(call, target, literal)) {
      return false;
    }
    try {
      remember(call);
      Plan.begin(call);
    } catch (RuntimeException | Error unexpected) {
      over(call, ConnectOutcome.UNKNOWN);
      throw unexpected;
    }
    return true;
  }

  private void remember(ConnectCall call) {
    call.history = histories.of(call.rule, call.host, call.port, call.local);
  }

  /** Whether the hooks that its race needs are in place in this JVM. */
  private boolean isRaceable(ProgramSocket socket) {
    if (socket.kind() == SocketKind.ASYNC) {
      return async;
    }
    return select || !socket.isNonBlocking();
  }

  /** The name that the address was looked up by; null where there is none or it is a literal. */
  private static String name(InetSocketAddress target) {
    if (target.isUnresolved()) {
      String host = target.getHostString();
      return isName(host) ? host : null;
    }
    // Never getHostName(): it would look the name up in reverse, and what that finds is no name
    // that anybody has looked up forward.
    String host = HeCache.originalHostName(target.getAddress());
    return host != null && isName(host) ? host : null;
  }

  /** Whether it is an IPv4 address, resolved, on a host that has IPv6 only. */
  private boolean isTranslated(InetSocketAddress target) {
    return nat64 != null
        && !target.isUnresolved()
        && nat64.isNeeded(target.getAddress())
        && !Nameless.is(target.getAddress());
  }

  /** Whether it is one to look up, and no literal in the JDK's eyes. */
  static boolean isName(String host) {
    if (host.isEmpty()) {
      return false;
    }
    // Nearly every name: no literal begins with a letter but those of IPv6, which have colons.
    char first = host.charAt(0);
    boolean letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    return (letter && host.indexOf(':') < 0) || !Literals.isLiteral(host);
  }

  /**
   * All addresses of a name: those in the JDK's cache, else the JDK's last answer, which the
   * program was given even where nothing is cached; null where only a look-up could tell.
   */
  private static InetAddress[] known(String host) {
    InetAddress[] cached = HeCache.cachedAddresses(host);
    if (cached != null && cached.length > 0) {
      return cached;
    }
    InetAddress[] last = LastAnswers.OF_PROCESS.of(host, System.nanoTime());
    return last == null ? cached : last;
  }

  /**
   * Whether there are siblings, or may be: what only a look-up could tell is found out later.
   *
   * @param literal whether the address has no name, and is here to be translated
   */
  private boolean hasSiblings(ConnectCall call, InetSocketAddress target, boolean literal) {
    InetAddress requested = target.getAddress();
    if (requested.isAnyLocalAddress() || peers.contains(requested)) {
      return false;
    }
    call.remote = target;
    call.requested = requested;
    call.guarded = true;
    call.known = literal ? null : known(call.host);
    if (literal || (call.known != null && call.known.length < 2)) {
      if (!literal && !isTranslated(target)) {
        return false;
      }
      call.known = new InetAddress[] {requested};
    } else if (call.known != null && !Siblings.contains(call.known, requested)) {
      return false;
    }
    call.begun(registry.begin(endpoint(call), start(call), call.startedAt));
    if (call.ticket().shortenedNanos() > 0 && Log.isDebug()) {
      Log.debug(
          call.host
              + ':'
              + call.port
              + ": "
              + requested.getHostAddress()
              + " was silent for most of the timeout already, beside the address before it:"
              + " has "
              + call.timeoutNanos() / 1_000_000L
              + " ms now");
    }
    return true;
  }

  private static Endpoint endpoint(ConnectCall call) {
    return new Endpoint(call.host, call.port);
  }

  private static ConnectStart start(ConnectCall call) {
    return new ConnectStart(
        call.requested,
        !call.socket.isNonBlocking(),
        Thread.currentThread().getId(),
        call.timeoutNanos(),
        ConnectCall.finite(call.rule.delayNanos()));
  }

  @Override
  public void accept(ConnectCall ended, ConnectOutcome outcome) {
    over(ended, outcome);
  }

  /** The connect has come to its end, on whatever thread; from the second time on, nothing. */
  void over(ConnectCall call, ConnectOutcome outcome) {
    if (call.ticket() != null) {
      ConnectOutcome whole = call.isRequestedOnly() ? outcome.ofRacingClient() : outcome;
      registry.end(call.ticket(), whole, System.nanoTime());
    }
  }
}
