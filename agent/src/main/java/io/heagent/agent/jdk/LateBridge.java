package io.heagent.agent.jdk;

import java.io.IOException;
import java.util.List;

/** The part of the bridge that few programs need: defined when it is, and not at start. */
public final class LateBridge {

  private static final List<String> NAMES =
      List.of("HeNames", "HeNames$CacheWriter", "HeNames$Families");

  private LateBridge() {}

  /** Defines {@code HeNames}. To be called once, before anything links to it. */
  public static void installNames() throws IOException, ReflectiveOperationException {
    BridgeInstaller.define(NAMES);
  }

  /** The class file of a class that the bridge itself defines when it is needed. */
  public static byte[] classFile(String name) throws IOException {
    return BridgeInstaller.bytes(name);
  }
}
