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

  private final NativeTransports transports;

  /** Whether the installation has been tried, and whether it is done. Guarded by the monitor. */
  private boolean tried;

  private boolean done;

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
      Hooks.install(connects, transports);
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
    static void install(ForeignConnects connects, NativeTransports transports) {
      HeNetty.install(new NettyHook(connects, new NettyChannels(transports)));
    }
  }
}
