package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.io.IOException;
import java.util.List;
import sun.nio.ch.HeEpoll;

/** The part of the bridge that few programs need: defined when it is, and not at start. */
public final class LateBridge {

  private static final List<String> NAMES =
      List.of("HeNames", "HeNames$CacheWriter", "HeNames$Families");

  private LateBridge() {}

  /** Defines {@code HeNames}. To be called once, before anything links to it. */
  public static void installNames() throws IOException, ReflectiveOperationException {
    BridgeInstaller.define(NAMES);
  }

  /**
   * Defines what races of Netty's channels need. To be called once.
   *
   * @return what of the JDK is missing; empty where all is there and it has been defined
   */
  public static List<String> installNetty() throws IOException, ReflectiveOperationException {
    List<String> missing = new Requirements(new JdkClassFiles()).missingForNetty();
    if (missing.isEmpty()) {
      BridgeInstaller.define(List.of("HeEpoll"));
      NettyBridge.defineHook();
    }
    return missing;
  }

  /** Apart: verified, and so linked to the class, once that has been defined. */
  private static final class NettyBridge {
    static void defineHook() throws IOException, IllegalAccessException {
      HeEpoll.defineHook(BridgeInstaller.classFile("java/nio/channels/HeNetty"));
    }
  }

  /** The class file of a class that the bridge itself defines when it is needed. */
  public static byte[] classFile(String name) throws IOException {
    return BridgeInstaller.bytes(name);
  }
}
