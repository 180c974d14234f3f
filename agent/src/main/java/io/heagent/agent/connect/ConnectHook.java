package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.config.Settings;
import io.heagent.engine.address.Literals;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/** What the woven JDK methods reach: decides which connects are raced (DESIGN.md, section 3). */
public final class ConnectHook extends HeHook {

  /** The call under way on this thread, from begin to end of the JDK's connect. */
  private static final ThreadLocal<ConnectCall> CURRENT = new ThreadLocal<>();

  private final LocalBindings bindings = new LocalBindings();
  private final Settings settings;
  private final boolean redial;
  private final boolean select;
  private final ChannelRaces races = new ChannelRaces();
  private final Neighbours neighbours = new Neighbours();
  private final Histories histories = new Histories();
  private final PeerAddresses peers = new PeerAddresses();

  /** Null where the settings switch it off. */
  private final Nat64 nat64;

  private ConnectHook(Settings settings, boolean redial, boolean select) {
    this.settings = settings;
    this.redial = redial;
    this.select = select;
    this.nat64 = settings.nat64() ? new Nat64(new ThisHost()) : null;
  }

  /**
   * Starts to race. To be called by a class that does not name {@code HeHook} itself: verifying
   * such a class would load the bridge, which is only defined once the JDK has been found fit.
   *
   * @param redial whether winners are dialled again instead of being duplicated
   * @param select whether non-blocking channels can be raced in this JVM
   */
  public static void install(Settings settings, boolean redial, boolean select) {
    HeHook.install(new ConnectHook(settings, redial, select));
  }

  @Override
  protected Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException {
    if (!(remote instanceof InetSocketAddress target)) {
      return null;
    }
    String host = name(target);
    if (host == null) {
      if (!isTranslated(target)) {
        return null;
      }
      host = target.getAddress().getHostAddress();
    }
    RaceRule rule = settings.ruleFor(host, target.getPort());
    if (rule == null
        || (target.isUnresolved() && !rule.unresolved())
        || (isNonBlocking(kind, impl) && kind == CHANNEL && !select)
        || bindings.isFixed(impl)) {
      return null;
    }
    InetAddress local = bindings.address(impl);
    ConnectCall outer = CURRENT.get();
    ConnectCall call =
        new ConnectCall(kind, impl, host, target.getPort(), rule, timeoutNanos, local, outer);
    call.nat64 = nat64;
    call.history = histories.of(rule, host, target.getPort(), local);
    boolean race;
    if (!target.isUnresolved()) {
      race = hasSiblings(call, target);
      if (race) {
        Plan.begin(call);
      }
    } else if (isNonBlocking(kind, impl)) {
      race = Unresolved.prepare(call);
    } else {
      race = Unresolved.resolve(call);
    }
    if (!race) {
      return null;
    }
    CURRENT.set(call);
    return call;
  }

  private static boolean isNonBlocking(int kind, Object impl) {
    return kind == ASYNC || (kind == CHANNEL && !((SocketChannel) impl).isBlocking());
  }

  /** The name that the address was looked up by; null where there is none or it is a literal. */
  private static String name(InetSocketAddress target) {
    if (target.isUnresolved()) {
      String host = target.getHostString();
      return isName(host) ? host : null;
    }
    // Never getHostName(): it would look the name up in reverse, and what that finds is no name
    // that
    // anybody has looked up forward.
    String host = HeJdk.originalHostName(target.getAddress());
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

  /** Whether there are siblings, or may be: what only a look-up could tell is found out later. */
  private boolean hasSiblings(ConnectCall call, InetSocketAddress target) {
    InetAddress requested = target.getAddress();
    if (requested.isAnyLocalAddress() || peers.contains(requested)) {
      return false;
    }
    call.remote = target;
    call.requested = requested;
    call.guarded = true;
    call.known = HeJdk.cachedAddresses(call.host);
    if (call.known == null ? !isName(call.host) : call.known.length < 2) {
      if (!isTranslated(target)) {
        return false;
      }
      call.known = new InetAddress[] {requested};
    } else if (call.known != null && !Siblings.contains(call.known, requested)) {
      return false;
    }
    boolean blocking = !isNonBlocking(call.kind, call.impl);
    Neighbourhood.Part part = neighbours.begin(call, requested, blocking, System.nanoTime());
    call.announced = part != Neighbourhood.Part.STAND_DOWN;
    call.alone = part == Neighbourhood.Part.STEP_ASIDE;
    call.aside = call.alone && blocking;
    return call.announced;
  }

  @Override
  protected SocketAddress onRemote(Object call) {
    return ((ConnectCall) call).remote;
  }

  @Override
  protected void onEnd(Object ended) {
    ConnectCall call = (ConnectCall) ended;
    ConnectCall outer = call.outer;
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
    if (!call.continued) {
      // The JDK closes what it could not connect.
      call.connected = (call.raced || call.aside) && HeJdk.isOpen(call.impl);
      if (call.aside && call.connected) {
        Adoption.pin(call, peers.mark(call.remote.getAddress(), call.host));
      } else if (call.aside) {
        call.failed = List.of(call.requested);
      }
      over(call);
    }
  }

  /** The connect has come to its end, on whatever thread. */
  private void over(ConnectCall call) {
    if (call.announced) {
      call.announced = false;
      neighbours.end(call, System.nanoTime());
    }
  }

  @Override
  protected int onConnect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    ConnectCall call = CURRENT.get();
    if (call == null || call.raced || call.aside || HeJdk.descriptor(call.impl) != fd) {
      return PROCEED;
    }
    call.raced = true;
    if (isNonBlocking(call.kind, call.impl)) {
      call.continued = true;
      return new ChannelRace(call, family, fd, races, redial, peers, this::over).start(remote);
    }
    int result = new BlockingRace(call, family, fd, remote, redial).run();
    if (result == CONNECTED) {
      Adoption.tell(call, peers.mark(call.peer == null ? remote : call.peer, call.host));
    }
    return result;
  }

  @Override
  protected void onBind(Object impl, SocketAddress local) {
    bindings.bound(impl, local);
  }

  @Override
  protected int onPollConnect(FileDescriptor fd) throws IOException {
    ChannelRace race = races.get(fd);
    return race == null ? PROCEED : race.pollOrWait();
  }

  @Override
  protected int onInterest(Object channel, Object key) {
    ChannelRace race = races.get(HeJdk.descriptor(channel));
    if (race != null && race.isHeld()) {
      return HOLD;
    }
    return races.take(key) ? REARM : NORMAL;
  }

  @Override
  protected boolean onReady(Object channel, Object key, boolean connected) {
    ChannelRace race = races.get(HeJdk.descriptor(channel));
    if (race == null || !race.isSwallowed(connected)) {
      return false;
    }
    if (key != null) {
      // Nothing is to be registered until the race is over; its selector sees to it next.
      HeJdk.queueUpdate(key);
      SelectPass.swallowed();
    }
    return true;
  }

  @Override
  protected void onSelecting() {
    races.tidy();
    SelectPass.begin();
  }

  @Override
  protected long onSelected(int found, long timeout, long start) {
    SelectPass pass = SelectPass.end();
    if (pass == null || found != 0 || timeout == 0) {
      return RETURN;
    } else if (pass.isWokenUp()) {
      // Ours or the program's, nobody can tell: one flag stands for any number of wake-ups. Right
      // for both is to look once more without waiting. Ours has its reason queued by now.
      return 0;
    } else if (!pass.isSwallowed()) {
      return RETURN;
    } else if (timeout < 0) {
      return timeout;
    }
    long left = timeout - (System.nanoTime() - start) / 1_000_000L;
    return left > 0 ? left : RETURN;
  }

  @Override
  protected void onSelectFailed() {
    SelectPass.end();
  }

  @Override
  protected void onWokenUp() {
    SelectPass.wokenUp();
  }

  @Override
  protected void onClosing(Object channel) {
    ChannelRace race = races.get(HeJdk.descriptor(channel));
    if (race != null) {
      race.cancel();
    }
  }

  @Override
  protected InetAddress onLookUp(String host) throws UnknownHostException {
    return FastNames.first(host);
  }

  @Override
  protected void onFailure(Throwable unexpected) {
    Failures.unexpected(unexpected);
  }
}
