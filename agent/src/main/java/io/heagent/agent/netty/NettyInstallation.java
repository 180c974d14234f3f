package io.heagent.agent.netty;

import io.heagent.agent.connect.ForeignConnects;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import java.io.IOException;
import java.nio.channels.HeNetty;
import java.util.List;

/**
 * What all copies of Netty share. It is installed when the first copy is found to be as expected.
 */
final class NettyInstallation {

  /**
   * Written by the first thread that asks; the class's initialisation lock has other threads wait.
   */
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

  /**
   * A class of its own, so that the JVM verifies it, and links it to the bridge, only once the
   * bridge has been defined.
   */
  private static final class Hooks {
    static void install(ForeignConnects connects) {
      HeNetty.install(new NettyHook(connects, new NettyChannels()));
    }
  }
}
