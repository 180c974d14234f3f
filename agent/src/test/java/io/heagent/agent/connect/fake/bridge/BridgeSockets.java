package io.heagent.agent.connect.fake.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeOptions;
import sun.nio.ch.HeSocket;

/**
 * Has the bridge reach the JDK's real sockets in a JVM without an agent. Apart from {@link
 * RealSockets}, because this class is linked to the classes that the other one defines.
 */
final class BridgeSockets {

  private BridgeSockets() {}

  /** Tells the bridge what the agent would tell it, and has it make the classes that it hides. */
  static void begin(Path folder) throws IOException, ReflectiveOperationException {
    HeSocket.setStates(
        state("NioSocketImpl", "ST_CONNECTING"),
        state("NioSocketImpl", "ST_CLOSING"),
        state("SocketChannelImpl", "ST_CONNECTIONPENDING"));
    HeOptions.setAvailable(true);
    HeHook.install(new BridgeHook(folder));
    try {
      if (!HeOptions.isAvailable()) {
        throw new AssertionError("no options by number");
      }
      HeJdk.poll(ByteBuffer.allocateDirect(8), 0, 0);
    } finally {
      HeHook.install(null);
    }
  }

  private static int state(String type, String name) throws ReflectiveOperationException {
    var field = Class.forName("sun.nio.ch." + type).getDeclaredField(name);
    field.setAccessible(true);
    return field.getInt(null);
  }
}
