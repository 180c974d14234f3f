package io.heagent.agent.connect;

import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.blocking.BlockingRace;
import io.heagent.agent.connect.blocking.PrimaryDial;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.channel.ChannelRace;
import io.heagent.agent.connect.watch.WatchedConnect;
import io.heagent.agent.connect.watch.Watcher;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import sun.nio.ch.HeHook;

/**
 * Carries out what the agent does at each step of a connect that may be raced. The JDK takes these
 * steps on the thread that connects: the connect begins, it reaches the native call, and it ends.
 * Any thread.
 */
final class ConnectSteps {

  private final AgentRuntime runtime;
  private final Admission admission;
  private final ConnectedPeers peers;
  private final JvmRaces races;
  private final boolean redial;

  /** Made for the first connect that is watched, under this object's monitor. */
  private volatile Watcher watcher;

  /** Whether none is made any more, because the agent has left. Guarded by the monitor. */
  private boolean watchesNone;

  /**
   * Made by the runtime.
   *
   * @param admission decides which connects are raced
   * @param peers the addresses that connected sockets give out
   * @param races what all races share
   * @param redial whether winners are dialled again instead of being duplicated
   */
  ConnectSteps(
      AgentRuntime runtime,
      Admission admission,
      ConnectedPeers peers,
      JvmRaces races,
      boolean redial) {
    this.runtime = runtime;
    this.admission = admission;
    this.peers = peers;
    this.races = races;
    this.redial = redial;
  }

  /** Decides which connects are raced. */
  Admission admission() {
    return admission;
  }

  /**
   * The JDK's connect begins, and is only watched.
   *
   * @return null where it would not be raced either
   */
  WatchedConnect watch(int kind, Object impl, ConnectRequest.Target target) {
    runtime.lookForManagement(System.nanoTime());
    ProgramSocket socket = admission.admitToWatch(kind, impl, target);
    Watcher watching = socket == null ? null : watcher();
    return watching == null
        ? null
        : watching.watch(socket, target.address(), target.host(), target.rule().delayNanos());
  }

  /** Null once the agent has left, and none was made before. */
  private Watcher watcher() {
    Watcher made = watcher;
    return made == null ? makeWatcher() : made;
  }

  private synchronized Watcher makeWatcher() {
    if (watcher == null && !watchesNone) {
      watcher = new Watcher(races.loop());
    }
    return watcher;
  }

  /** The agent leaves this JVM: nothing is watched any more. */
  void endWatching() {
    Watcher made;
    synchronized (this) {
      watchesNone = true;
      made = watcher;
    }
    if (made != null) {
      made.end();
    }
  }

  /** The watcher; null while no connect has been watched. */
  Watcher watcherIfMade() {
    return watcher;
  }

  /** What the races share. */
  JvmRaces races() {
    return races;
  }

  /** Makes the objects that the races of channels share. The runtime keeps them. */
  ChannelEnvironment newChannels() {
    return ChannelEnvironment.ofJvm(races, peers, redial, admission);
  }

  /**
   * The JDK's connect begins.
   *
   * @return the call; null if the JDK's own code is to run alone
   * @throws IOException if the connect fails at once
   */
  ConnectCall begin(int kind, Object impl, ConnectRequest.Target target, long timeoutNanos)
      throws IOException {
    ConnectCall call = admission.admit(kind, impl, target, timeoutNanos);
    if (call != null) {
      runtime.lookForManagement(call.request.startedAt());
      try {
        CallStack.push(call);
      } catch (RuntimeException | Error unexpected) {
        admission.over(call, ConnectOutcome.UNKNOWN);
        throw unexpected;
      }
      if (runtime.isLeaving()) {
        CallStack.pop(call);
        admission.over(call, ConnectOutcome.UNKNOWN);
        return null;
      }
    }
    return call;
  }

  /** Called when the JDK's connect returns or throws. */
  void end(ConnectCall call) {
    boolean outermost = CallStack.pop(call);
    try {
      keepBooks(call);
    } finally {
      if (outermost) {
        Log.flush();
      }
    }
  }

  private void keepBooks(ConnectCall call) {
    if (!call.isDetached()) {
      // The JDK has closed the socket if it could not connect it.
      boolean connected = call.isRaced() && call.request.socket().isOpen();
      ConnectOutcome outcome = connected ? ConnectOutcome.CONNECTED : call.outcome();
      admission.over(call, outcome);
    }
  }

  /**
   * Called when the JDK reaches a native connect. It may belong to the call on this thread, or to
   * another connect.
   *
   * @return what the woven {@code Net.connect} is to return, or {@code FAILED}
   * @throws IOException the outcome of a race
   */
  int connect(ProtocolFamily family, FileDescriptor fd, InetAddress remote) throws IOException {
    ConnectCall call = CallStack.top();
    if (call == null || call.isRaced() || call.request.socket().descriptor() != fd) {
      return HeHook.PROCEED;
    }
    call.race();
    if (call.request.socket().isNonBlocking()) {
      ChannelRace race = new ChannelRace(call, family, fd, runtime.channels());
      call.detach();
      return race.start(remote);
    }
    PrimaryDial own = new PrimaryDial(races, call, family, fd, remote);
    int result = BlockingRace.run(own, redial);
    if (result == HeHook.CONNECTED) {
      tellPeer(call, own.peer());
    }
    return result;
  }

  /**
   * Has the socket give out a marked copy of its peer's address. If this fails, the connection
   * stays.
   */
  private void tellPeer(ConnectCall call, InetAddress peer) {
    try {
      InetAddress marked = peers.mark(peer, call.request.host());
      call.request.socket().setRemote(marked, call.request.port());
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
