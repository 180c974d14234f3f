package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import java.io.IOException;
import java.nio.channels.HeNetty;
import java.util.List;

/**
 * Installs what all copies of Netty share, when the first copy is found to be as expected. Any
 * thread.
 */
final class NettyInstallation {

  /** What is asked of the hooks when the agent leaves this JVM. Any thread. */
  interface Departing {

    /** Whether no channel is racing. */
    boolean isQuiet();

    /** From now on woven code does nothing, and no class of the program refers to the agent. */
    void leave();
  }

  private final NativeTransports transports;

  /** Whether the installation has been tried, and whether it is done. Guarded by the monitor. */
  private boolean tried;

  private boolean done;

  /** The hooks; null if there are none. Guarded by the monitor. */
  private Departing hooks;

  NettyInstallation(NativeTransports transports) {
    this.transports = transports;
  }

  /**
   * Whether woven code reaches a hook. The first call installs the hook, while other threads wait.
   * The caller may hold the monitor of a {@link NettyCopy}; inside this monitor only locks are
   * taken that the start of the agent and its first connect take.
   */
  synchronized boolean isDone() {
    if (!tried) {
      tried = true;
      done = install();
    }
    return done;
  }

  /** Whether no channel is racing. */
  synchronized boolean isQuiet() {
    return hooks == null || hooks.isQuiet();
  }

  /** Switches the hooks off. */
  synchronized void leave() {
    if (hooks != null) {
      hooks.leave();
    }
  }

  private boolean install() {
    try {
      ForeignConnects connects = ForeignConnects.ofJvm();
      if (connects == null) {
        return false;
      }
      List<String> missing = LateBridge.installNetty();
      if (!missing.isEmpty()) {
        Log.warn(
            "this JDK has no "
                + String.join(", ", missing)
                + "; connects of Netty's native transports are not raced");
        return false;
      }
      hooks = Hooks.install(connects, transports);
      return true;
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      Faults.unexpected(e);
      return false;
    }
  }

  /**
   * A class of its own, so that the JVM verifies it, and links it to the bridge, only once the
   * bridge has been defined.
   */
  private static final class Hooks {
    static Departing install(ForeignConnects connects, NativeTransports transports) {
      NettyHook hook = new NettyHook(connects, new NettyChannels(transports));
      HeNetty.install(hook);
      return hook;
    }
  }
}
