package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import java.io.IOException;
import java.nio.channels.HeNetty;
import java.util.List;

/** What all copies of Netty share, brought into the JVM when the first one is found fit. */
final class NettyInstallation {

  /** Decided by the first thread that asks; the class's own lock has others wait for it. */
  private static final boolean DONE = install();

  private NettyInstallation() {}

  /** Whether woven code reaches a hook. */
  static boolean isDone() {
    return DONE;
  }

  private static boolean install() {
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
      Hooks.install(connects);
      return true;
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      Faults.unexpected(e);
      return false;
    }
  }

  /** Apart: verified, and so linked to the bridge, once that is defined. */
  private static final class Hooks {
    static void install(ForeignConnects connects) {
      HeNetty.install(new NettyHook(connects, new NettyChannels()));
    }
  }
}
