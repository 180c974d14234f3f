package io.heagent.agent.connect;

import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.attempt.RaceFailure;
import io.heagent.agent.connect.blocking.BlockingRace;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.channel.ChannelRace;
import io.heagent.agent.connect.channel.ChannelRaceRegistry;
import io.heagent.agent.connect.loop.LoopTime;
import io.heagent.agent.connect.selection.SelectionOperation;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.agent.resolve.FastGetByName;
import io.heagent.agent.resolve.NameLookups;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.util.function.BooleanSupplier;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeSocket;

/**
 * Woven JDK methods call this. It finds the connect or the race that each call is about, and passes
 * the call on.
 */
public final class ConnectHook extends HeHook {

  /** The installed hook; null before that. Written once, by the starting thread. */
  private static volatile ConnectHook installed;

  private final Settings settings;
  private final boolean redial;
  private final boolean select;
  private final boolean async;

  /** Notes each option that is set from the start on, also before there is a runtime. */
  private final OptionsInUse given = new OptionsInUse();

  /**
   * Made for the first connect, so that the agent's start loads none of its classes. Written under
   * this object's monitor.
   */
  private volatile AgentRuntime runtime;

  /** Made for the first look-up or connect. Written under this object's monitor. */
  private volatile NameLookups names;

  private ConnectHook(Settings settings, boolean redial, boolean select, boolean async) {
    this.settings = settings;
    this.redial = redial;
    this.select = select;
    this.async = async;
  }

  /**
   * Installs the hook; from now on connects are raced.
   *
   * @param redial whether the address of a winner is dialled again instead of its connection being
   *     duplicated
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   * @param options whether a hook notes each option that any socket is given
   */
  public static void install(
      Settings settings, boolean redial, boolean select, boolean async, boolean options) {
    ConnectHook hook = new ConnectHook(settings, redial, select, async);
    if (options) {
      hook.given.begin();
    }
    RaceFailure.nameAddresses(settings.fullMessages());
    installed = hook;
    HeHook.install(hook);
  }

  /**
   * The entry point for channels that are not the JDK's; null while nothing is raced. From now on
   * races also read the options that native code may have set.
   */
  static ForeignConnects foreign() {
    ConnectHook hook = started();
    if (hook == null) {
      return null;
    }
    ForeignConnects.OPTIONS.forEach(hook.given::add);
    AgentRuntime runtime = hook.runtime();
    return new ForeignConnects(runtime.admission(), runtime.channels());
  }

  /** From now on no connect of a non-blocking channel is raced. */
  public static void leaveSelectors() {
    ConnectHook hook = started();
    if (hook != null) {
      hook.runtime().admission().leaveSelectors();
    }
  }

  /** The one that is installed, by this call if need be; null where nothing is raced. */
  private static ConnectHook started() {
    if (installed == null) {
      LateBridge.startHook();
    }
    return installed;
  }

  /** From now on lines are printed by another thread, and not in the middle of a connect. */
  public static void printLater() {
    Log.printLater(new IsConnecting());
  }

  /** A class and no lambda, which would cost every start some milliseconds. */
  private static final class IsConnecting implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      return CallStack.current() != null;
    }
  }

  /** The calls under way on each thread, from begin to end of the JDK's connect. */
  private static final class CallStack {

    /** The innermost call of the thread. */
    private static final ThreadLocal<ConnectCall> TOP = new ThreadLocal<>();

    static ConnectCall top() {
      return TOP.get();
    }

    /**
     * The innermost call, without calls that were left behind because the hook at their end had
     * failed.
     */
    static ConnectCall current() {
      ConnectCall call = TOP.get();
      return call != null && call.socket.isConnecting() ? call : null;
    }

    static void push(ConnectCall call) {
      call.outer = current();
      TOP.set(call);
    }

    /** Removes a call, and calls that were left behind inside it. */
    static void pop(ConnectCall call) {
      if (call.outer == null) {
        TOP.remove();
      } else {
        TOP.set(call.outer);
      }
    }
  }

  private AgentRuntime runtime() {
    AgentRuntime made = runtime;
    return made == null ? makeRuntime() : made;
  }

  private synchronized AgentRuntime makeRuntime() {
    if (runtime == null) {
      runtime = new AgentRuntime(new Admission(settings, names(), select, async), given, redial);
    }
    return runtime;
  }

  private NameLookups names() {
    NameLookups made = names;
    return made == null ? makeNames() : made;
  }

  private synchronized NameLookups makeNames() {
    if (names == null) {
      names = new NameLookups(LoopTime.INSTANCE);
    }
    return names;
  }

  @Override
  protected Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException {
    if (!(remote instanceof InetSocketAddress target)) {
      return null;
    }
    Admission admission = runtime().admission();
    ConnectCall call = admission.admit(kind, impl, target, timeoutNanos);
    if (call != null) {
      try {
        CallStack.push(call);
      } catch (RuntimeException | Error unexpected) {
        admission.over(call, ConnectOutcome.UNKNOWN);
        throw unexpected;
      }
    }
    return call;
  }

  @Override
  protected SocketAddress onRemote(Object call) {
    return ((ConnectCall) call).remote();
  }

  @Override
  protected void onEnd(Object ended) {
    ConnectCall call = (ConnectCall) ended;
    CallStack.pop(call);
    try {
      keepBooks(call);
    } finally {
      if (call.outer == null) {
        Log.flush();
      }
    }
  }

  private void keepBooks(ConnectCall call) {
    if (!call.continued) {
      // The JDK closes what it could not connect.
      boolean connected = call.raced && call.socket.isOpen();
      ConnectOutcome outcome = connected ? ConnectOutcome.CONNECTED : call.outcome();
      runtime().admission().over(call, outcome);
    }
  }

  @Override
  protected int onConnect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    ConnectCall call = CallStack.top();
    if (call == null || call.raced || call.socket.descriptor() != fd) {
      return PROCEED;
    }
    call.raced = true;
    if (call.socket.isNonBlocking()) {
      ChannelRace race = new ChannelRace(call, family, fd, runtime().channels());
      call.continued = true;
      return race.start(remote);
    }
    BlockingRace race = new BlockingRace(runtime(), call, family, fd, remote, redial);
    int result = race.run();
    if (result == CONNECTED) {
      tellPeer(call, race.peer());
    }
    return result;
  }

  /** Marks the peer. If this fails, the connection stays as it is. */
  private void tellPeer(ConnectCall call, InetAddress peer) {
    try {
      InetAddress marked = runtime().admission().peers.mark(peer, call.host);
      call.socket.setRemote(new InetSocketAddress(marked, call.port));
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  @Override
  protected void onBind(Object impl, SocketAddress local) {
    runtime().admission().bindings.bound(impl, local);
  }

  @Override
  protected void onOption(SocketOption<?> option) {
    given.add(option);
  }

  /** For those hooks only that are switched off until the first channel has been raced. */
  private ChannelRaceRegistry races() {
    return runtime.channels().registry();
  }

  @Override
  protected int onPollConnect(FileDescriptor fd) throws IOException {
    ChannelRaceRegistry.Race race = races().get(fd);
    return race == null ? PROCEED : race.pollOrWait();
  }

  @Override
  protected int onInterest(Object channel, Object key) {
    ChannelRaceRegistry.Race race = races().get(HeSocket.descriptor(channel));
    if (race != null && race.holds((SelectionKey) key)) {
      return HOLD;
    }
    return races().take(key) ? REARM : NORMAL;
  }

  @Override
  protected boolean onReady(Object channel, Object key, boolean connected) {
    return runtime
        .channels()
        .isSwallowed(HeSocket.descriptor(channel), (SelectionKey) key, connected);
  }

  @Override
  protected boolean onSelecting(Object selector) {
    races().tidy();
    return SelectionOperation.begin(selector);
  }

  @Override
  protected long onSelected(int found, long timeout, long start) {
    SelectionOperation pass = SelectionOperation.current();
    long next = pass == null ? RETURN : pass.next(found, timeout, System.nanoTime() - start);
    if (next == RETURN) {
      SelectionOperation.end();
    }
    return next;
  }

  @Override
  protected void onSelectFailed() {
    SelectionOperation.end();
  }

  @Override
  protected void onWokenUp(Object selector) {
    SelectionOperation.wokenUp(selector);
  }

  @Override
  protected boolean onSelectedLate(Object selector) {
    return SelectionOperation.isLate(selector);
  }

  @Override
  protected void onClosing(Object channel) {
    ChannelRaceRegistry.Race race = races().get(HeSocket.descriptor(channel));
    if (race != null) {
      race.cancel();
    }
  }

  @Override
  protected InetAddress onLookUp(String host) throws UnknownHostException {
    return new FastGetByName(names()).first(host);
  }

  @Override
  protected void onLookedUp(String host, InetAddress[] found) {
    names().lookedUp(host, found);
  }

  @Override
  protected byte[] onClassFile(String name) throws IOException {
    return LateBridge.classFile(name);
  }

  @Override
  protected void onFailure(Throwable unexpected) {
    Faults.unexpected(unexpected);
  }
}
