package io.heagent.agent.connect;

import io.heagent.agent.config.Settings;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
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

/** What the woven JDK methods reach. {@link Admission} decides which connects are raced. */
public final class ConnectHook extends HeHook {

  /** The call under way on this thread, from begin to end of the JDK's connect. */
  private static final ThreadLocal<ConnectCall> CURRENT = new ThreadLocal<>();

  private final Admission admission;
  private final boolean redial;

  /** Made when the first channel is to race: a start loads nothing of it. Under this monitor. */
  private volatile ChannelEnvironment channels;

  private ConnectHook(Settings settings, boolean redial, boolean select, boolean async) {
    this.admission = new Admission(settings, select, async);
    this.redial = redial;
  }

  /**
   * Starts to race. To be called by a class that does not name {@code HeHook} itself: verifying
   * such a class would load the bridge, which is only defined once the JDK has been found fit.
   *
   * @param redial whether winners are dialled again instead of being duplicated
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   * @param options whether each option of a socket that was ever set is told of
   */
  public static void install(
      Settings settings, boolean redial, boolean select, boolean async, boolean options) {
    if (options) {
      GivenOptions.OF_PROCESS.begin();
    }
    RaceFailure.nameAddresses(settings.fullMessages());
    HeHook.install(new ConnectHook(settings, redial, select, async));
  }

  /** From now on lines are printed where no connect is in the midst of anything. */
  public static void printLater() {
    Log.printLater(new IsConnecting());
  }

  /** No lambda: that would cost every start some milliseconds. */
  private static final class IsConnecting implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      return current() != null;
    }
  }

  /** Without one that has been left behind because the hook of its end had failed. */
  private static ConnectCall current() {
    ConnectCall call = CURRENT.get();
    return call != null && call.socket.isConnecting() ? call : null;
  }

  @Override
  protected Object onBegin(int kind, Object impl, SocketAddress remote, long timeoutNanos)
      throws IOException {
    if (!(remote instanceof InetSocketAddress target)) {
      return null;
    }
    ConnectCall call = admission.admit(kind, impl, target, timeoutNanos);
    if (call != null) {
      try {
        call.outer = current();
        CURRENT.set(call);
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
    ConnectCall outer = call.outer;
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
    try {
      keepBooks(call);
    } finally {
      if (outer == null) {
        Log.flush();
      }
    }
  }

  private void keepBooks(ConnectCall call) {
    if (!call.continued) {
      // The JDK closes what it could not connect.
      boolean connected = call.raced && call.socket.isOpen();
      admission.over(call, connected ? ConnectOutcome.CONNECTED : call.outcome());
    }
  }

  @Override
  protected int onConnect(ProtocolFamily family, FileDescriptor fd, InetAddress remote, int port)
      throws IOException {
    ConnectCall call = CURRENT.get();
    if (call == null || call.raced || call.socket.descriptor() != fd) {
      return PROCEED;
    }
    call.raced = true;
    if (call.socket.isNonBlocking()) {
      ChannelRace race = new ChannelRace(call, family, fd, channels());
      call.continued = true;
      return race.start(remote);
    }
    BlockingRace race = new BlockingRace(AgentRuntime.INSTANCE, call, family, fd, remote, redial);
    int result = race.run();
    if (result == CONNECTED) {
      tellPeer(call, race.peer());
    }
    return result;
  }

  /** The connection stands, whatever becomes of this. */
  private void tellPeer(ConnectCall call, InetAddress peer) {
    try {
      Adoption.tell(call, admission.peers.mark(peer, call.host));
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  @Override
  protected void onBind(Object impl, SocketAddress local) {
    admission.bindings.bound(impl, local);
  }

  @Override
  protected void onOption(SocketOption<?> option) {
    GivenOptions.OF_PROCESS.add(option);
  }

  private ChannelEnvironment channels() {
    ChannelEnvironment made = channels;
    return made == null ? makeChannels() : made;
  }

  private synchronized ChannelEnvironment makeChannels() {
    if (channels == null) {
      channels = ChannelEnvironment.ofJvm(admission.peers, redial, admission);
    }
    return channels;
  }

  /** Only for hooks that are switched off until the first channel has been raced. */
  private ChannelRaceRegistry races() {
    return channels.registry();
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
    return channels.isSwallowed(HeSocket.descriptor(channel), (SelectionKey) key, connected);
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
    return FastNames.first(host);
  }

  @Override
  protected void onLookedUp(String host, InetAddress[] found) {
    // What we look up ourselves, to race, is nothing that the program has seen.
    if (!Thread.currentThread().getName().startsWith(Lookups.THREADS)) {
      LastAnswers.OF_PROCESS.add(host, found, System.nanoTime());
    }
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
