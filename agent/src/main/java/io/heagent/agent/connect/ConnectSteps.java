package io.heagent.agent.connect;

import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.admission.RaceableTarget;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.blocking.BlockingRace;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.candidates.Nat64Access;
import io.heagent.agent.connect.candidates.SiblingGuard;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.channel.ChannelRace;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.RefusalStreaks;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import sun.nio.ch.HeHook;

/**
 * The steps of a connect that may be raced, as the JDK takes them on the thread that connects: it
 * begins, comes to the native call, and ends. Any thread.
 */
final class ConnectSteps {

  private final AgentRuntime runtime;
  private final Admission admission;
  private final JvmRaces races;
  private final boolean redial;

  /**
   * Of a runtime that makes its first ones.
   *
   * @param loop has the timers of races and of look-ups
   * @param nat64 what reaches IPv4 from a host with IPv6 only; null where that is switched off
   * @param select whether non-blocking channels can be raced in this JVM
   * @param async whether asynchronous channels can be
   * @param redial whether winners are dialled again instead of being duplicated
   * @param given the options that some socket was ever given
   */
  ConnectSteps(
      AgentRuntime runtime,
      RaceLoop loop,
      Nat64Access nat64,
      boolean select,
      boolean async,
      boolean redial,
      OptionsInUse given) {
    CandidateServices services =
        new CandidateServices(new SiblingGuard(loop), nat64, new RefusalStreaks(), runtime.names());
    this.runtime = runtime;
    this.admission = new Admission(loop, runtime.bindings(), services, select, async);
    this.races = new JvmRaces(loop, services, runtime, given);
    this.redial = redial;
  }

  /** Decides which connects are raced. */
  Admission admission() {
    return admission;
  }

  /** For the runtime, which keeps it for all. */
  ChannelEnvironment newChannels() {
    return ChannelEnvironment.ofJvm(races, admission.peers, redial, admission);
  }

  /**
   * The JDK's connect begins.
   *
   * @return null where its own path is to run untouched
   * @throws IOException where the program is to be told at once
   */
  ConnectCall begin(int kind, Object impl, RaceableTarget target, long timeoutNanos)
      throws IOException {
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

  /** The JDK's connect comes to an end, by return or by throw. */
  void end(ConnectCall call) {
    CallStack.pop(call);
    try {
      keepBooks(call);
    } finally {
      if (call.outer() == null) {
        Log.flush();
      }
    }
  }

  private void keepBooks(ConnectCall call) {
    if (!call.isDetached()) {
      // The JDK closes what it could not connect.
      boolean connected = call.isRaced() && call.request.socket().isOpen();
      ConnectOutcome outcome = connected ? ConnectOutcome.CONNECTED : call.outcome();
      admission.over(call, outcome);
    }
  }

  /**
   * The JDK comes to a native connect, which may be that of the call on this thread or any other.
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
    BlockingRace race = new BlockingRace(races, call, family, fd, remote, redial);
    int result = race.run();
    if (result == HeHook.CONNECTED) {
      tellPeer(call, race.peer());
    }
    return result;
  }

  /** Marks the peer. If this fails, the connection stays as it is. */
  private void tellPeer(ConnectCall call, InetAddress peer) {
    try {
      InetAddress marked = admission.peers.mark(peer, call.request.host());
      call.request.socket().setRemote(new InetSocketAddress(marked, call.request.port()));
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
