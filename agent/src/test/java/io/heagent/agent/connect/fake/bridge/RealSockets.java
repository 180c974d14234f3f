package io.heagent.agent.connect.fake.bridge;

import io.heagent.agent.connect.fake.BridgeClasses;
import java.io.IOException;
import java.util.List;

/** Defines the classes of the bridge that reach real sockets, which tests over fakes do without. */
public final class RealSockets {

  private static final List<String> NAMES =
      List.of(
          "HeJdk$Native",
          "HeJdk$Virtual",
          "HeNative",
          "HeOptions",
          "HeOptions$Native",
          "HeOptions$Disconnect",
          "HeSocket",
          "HeSocket$OfChannel",
          "HeSocket$OfSocket",
          "HeSocket$OfVirtual",
          "HeAsync",
          "HeSelectable");

  private static boolean defined;

  private RealSockets() {}

  /** From now on they are there, for all tests of this JVM; from the second time on, nothing. */
  public static synchronized void define() {
    BridgeClasses.define();
    if (!defined) {
      defined = true;
      BridgeClasses.define(NAMES);
      try {
        BridgeSockets.begin(BridgeClasses.folder());
      } catch (IOException | ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }
}
