package io.heagent.agent.connect;

import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.admission.TargetFilter;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.channel.ChannelEnvironment;
import io.heagent.agent.connect.foreign.ForeignAdapter;
import io.heagent.agent.connect.foreign.ForeignConnect;
import io.heagent.agent.connect.foreign.ForeignSocket;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.observe.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.List;

/**
 * The entry point for connects of channels that are not the JDK's. The agent decides which of them
 * are raced, and how, as it does for the JDK's own. Any thread.
 */
public final class ForeignConnects {

  /** The options that native code may set without calling any hook. */
  static final List<SocketOption<?>> OPTIONS =
      List.of(
          StandardSocketOptions.SO_RCVBUF,
          StandardSocketOptions.SO_SNDBUF,
          StandardSocketOptions.SO_KEEPALIVE,
          StandardSocketOptions.SO_LINGER,
          StandardSocketOptions.SO_REUSEADDR,
          StandardSocketOptions.SO_REUSEPORT,
          StandardSocketOptions.IP_TOS,
          StandardSocketOptions.TCP_NODELAY);

  private final AgentRuntime runtime;
  private final TargetFilter targets;
  private final Admission admission;
  private final ChannelEnvironment shared;

  ForeignConnects(
      AgentRuntime runtime, TargetFilter targets, Admission admission, ChannelEnvironment shared) {
    this.runtime = runtime;
    this.targets = targets;
    this.admission = admission;
    this.shared = shared;
  }

  /** The entry point of this JVM; null while nothing is raced. */
  public static ForeignConnects ofJvm() {
    // The JVM can load the hook's class only once the bridge is exported to the agent.
    LateBridge.startHook();
    return ConnectHook.foreign();
  }

  /** Whether no race may begin, see {@link AgentRuntime#isLeaving}. */
  public boolean isLeaving() {
    return runtime.isLeaving();
  }

  /**
   * Called when a connect begins; the caller calls {@link ForeignConnect#left} afterwards.
   *
   * @param target a resolved address
   * @return null if the connect is not raced
   */
  public ForeignConnect begin(ForeignSocket socket, InetSocketAddress target) throws IOException {
    ConnectRequest.Target raceable = targets.raceable(target);
    if (raceable != null && raceable.rule().observe()) {
      runtime.observer().leftAlone(Reason.UNSEEN, target);
      return null;
    }
    ConnectCall call =
        raceable == null ? null : admission.admit(new ForeignAdapter(socket), raceable);
    if (call == null) {
      return null;
    }
    try {
      runtime.lookForManagement(call.request.startedAt());
      return new ForeignConnect(call, socket, admission, shared);
    } catch (RuntimeException | Error unexpected) {
      admission.over(call, call.outcome());
      throw unexpected;
    }
  }

  /**
   * Called when a library gives some socket an option by its level and number. Any thread.
   *
   * @param isInt whether the value is one int
   */
  public static void optionSet(int level, int number, boolean isInt) {
    OptionsInUse.addByNumber(level, number, isInt);
  }

  /** Has the loop run a task soon, while it holds no monitor of a race. */
  public void soon(Runnable task) {
    shared.loop().soon(task);
  }

  /** Has the loop run a task so many nanoseconds from now, while it holds no monitor of a race. */
  public void later(long nanos, Runnable task) {
    shared.loop().schedule(shared.loop().now() + nanos, task);
  }
}
