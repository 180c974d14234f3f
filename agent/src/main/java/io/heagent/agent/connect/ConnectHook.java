package io.heagent.agent.connect;

import io.heagent.agent.config.Layers;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.selection.SelectionOperation;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.connect.watch.WatchedConnect;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.agent.resolve.FastGetByName;
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
 * Woven JDK methods call this. It passes calls about connects, sockets and names to the {@link
 * AgentRuntime}, and calls about selectors to the race of the channel that they are about.
 */
public final class ConnectHook extends HeHook {

  /** The installed hook; null before that. Written once, by the starting thread. */
  private static volatile ConnectHook installed;

  /** Null if nothing was set. */
  private final Layers settings;

  private final boolean redial;
  private final boolean select;
  private final boolean async;

  /** See {@link RacingClients}; null if it is not known which classes are loaded. */
  private final BooleanSupplier racers;

  /** Notes each option that is set from the start on, also before there is a runtime. */
  private final OptionsInUse given = new OptionsInUse();

  /**
   * Made for the first connect, bind or look-up, so that the agent's start loads none of its
   * classes. Written under this object's monitor.
   */
  private volatile AgentRuntime runtime;

  private ConnectHook(
      Layers settings, boolean redial, boolean select, boolean async, BooleanSupplier racers) {
    this.settings = settings;
    this.redial = redial;
    this.select = select;
    this.async = async;
    this.racers = racers;
  }

  /**
   * Installs the hook; from now on connects are raced.
   *
   * @param settings null if nothing was set
   * @param redial whether the address of a winner is dialled again instead of its connection being
   *     duplicated
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   * @param options whether a hook notes each option that any socket is given
   * @param racers whether the JVM may have loaded a client that races by itself; null if that is
   *     not known
   */
  public static void install(
      Layers settings,
      boolean redial,
      boolean select,
      boolean async,
      boolean options,
      BooleanSupplier racers) {
    ConnectHook hook = new ConnectHook(settings, redial, select, async, racers);
    if (options) {
      hook.given.begin();
    }
    installed = hook;
    HeHook.install(hook);
  }

  /**
   * The entry point for channels that are not the JDK's; null while nothing is raced. See {@link
   * AgentRuntime#foreign}. Like {@link #steering} and {@link #leaveSelectors}, it is to be called
   * after {@link LateBridge#startHook}.
   */
  static ForeignConnects foreign() {
    ConnectHook hook = installed;
    return hook == null ? null : hook.runtime().foreign();
  }

  /** What may be asked and changed; null while nothing is raced. See {@link Steering#ofJvm}. */
  static Steering steering() {
    ConnectHook hook = installed;
    return hook == null ? null : hook.runtime().steering();
  }

  /** From now on no connect of a non-blocking channel is raced. */
  public static void leaveSelectors() {
    ConnectHook hook = installed;
    if (hook != null) {
      hook.runtime().leaveSelectors();
    }
  }

  /** From now on another thread prints the log's lines, so that no connect waits for stderr. */
  public static void printLater() {
    Log.printLater(new IsConnecting());
  }

  /** A class and not a lambda: a lambda would take the first connect some milliseconds. */
  private static final class IsConnecting implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      return CallStack.current() != null;
    }
  }

  private AgentRuntime runtime() {
    AgentRuntime made = runtime;
    return made == null ? makeRuntime() : made;
  }

  private synchronized AgentRuntime makeRuntime() {
    if (runtime == null) {
      runtime = new AgentRuntime(settings, redial, select, async, given, racers);
    }
    return runtime;
  }

  @Override
  protected Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException {
    if (!(remote instanceof InetSocketAddress target)) {
      return null;
    }
    ConnectRequest.Target raceable = runtime().targets().raceable(target);
    if (raceable == null) {
      return null;
    }
    return raceable.rule().observe()
        ? runtime().steps().watch(kind, impl, raceable)
        : runtime().steps().begin(kind, impl, raceable, timeoutNanos);
  }

  @Override
  protected SocketAddress onRemote(Object call) {
    return call instanceof ConnectCall raced ? raced.remote() : ((WatchedConnect) call).target();
  }

  @Override
  protected void onEnd(Object ended) {
    if (ended instanceof ConnectCall call) {
      runtime().steps().end(call);
    } else {
      ((WatchedConnect) ended).returned();
    }
  }

  @Override
  protected int onConnect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    AgentRuntime made = runtime;
    ConnectSteps steps = made == null ? null : made.stepsIfMade();
    return steps == null ? PROCEED : steps.connect(family, fd, remote);
  }

  @Override
  protected IOException onFailed() {
    return CallStack.top().failure();
  }

  @Override
  protected void onBind(Object impl, SocketAddress local) {
    runtime().bindings().bound(impl, local);
  }

  @Override
  protected void onOption(SocketOption<?> option) {
    given.add(option);
  }

  /** Called only by hooks that are switched off until the first channel has been raced. */
  private ChannelEnvironment channels() {
    return runtime.channels();
  }

  @Override
  protected int onPollConnect(FileDescriptor fd) throws IOException {
    return channels().pollConnect(fd);
  }

  @Override
  protected int onInterest(Object channel, Object key) {
    if (channels().isHeld(HeSocket.descriptor(channel), (SelectionKey) key)) {
      return HOLD;
    }
    return channels().registry().take(key) ? REARM : NORMAL;
  }

  @Override
  protected boolean onReady(Object channel, Object key, boolean connected) {
    return channels().isSwallowed(HeSocket.descriptor(channel), (SelectionKey) key, connected);
  }

  @Override
  protected boolean onSelecting(Object selector) {
    channels().registry().tidy();
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
    channels().closing(HeSocket.descriptor(channel));
  }

  @Override
  protected InetAddress onLookUp(String host) throws UnknownHostException {
    return new FastGetByName(runtime().names()).first(host);
  }

  @Override
  protected void onLookedUp(String host, InetAddress[] found) {
    runtime().lookedUp(host, found);
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
