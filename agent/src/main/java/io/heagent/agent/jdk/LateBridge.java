package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.io.IOException;
import java.util.List;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeOptions;
import sun.nio.ch.HeSocket;

/** The part of the bridge that few programs need: defined when it is, and not at start. */
public final class LateBridge {

  /** What the agent reaches of the bridge, once there is a connect. */
  static final List<String> REST =
      List.of(
          "HeJdk",
          "HeJdk$Native",
          "HeJdk$Virtual",
          "HeOptions",
          "HeOptions$Native",
          "HeOptions$Disconnect",
          "HeNative",
          "HeSocket",
          "HeSocket$OfSocket",
          "HeSocket$OfChannel",
          "HeSocket$OfSelectable",
          "HeSocket$OfAsync",
          "HeSocket$OfVirtual",
          "HeCache",
          "HeCache$Cache");

  private static final List<String> NAMES =
      List.of("HeNames", "HeNames$CacheWriter", "HeNames$Families");

  private LateBridge() {}

  /**
   * What the bridge is told of this JDK.
   *
   * @param connecting the number of a socket's state
   * @param closing another
   * @param connectionPending the number of a channel's state
   * @param optionsByNumber whether options can be read and set by number
   */
  public record Facts(
      int connecting, int closing, int connectionPending, boolean optionsByNumber) {}

  /**
   * Defines what a connect needs of the bridge. To be called at the first one, again if it fails.
   */
  public static void install(Facts facts) throws IOException, ReflectiveOperationException {
    for (String name : REST) {
      try {
        Told.define(BridgeInstaller.bytes(name));
      } catch (LinkageError e) {
        // Memory may have run out half-way, the time before.
        if (!BridgeInstaller.isDefined(name)) {
          throw e;
        }
      }
    }
    Told.tell(facts);
  }

  /** Apart: verified, and so linked to the classes, once these have been defined. */
  private static final class Told {
    static void tell(Facts facts) {
      HeSocket.setStates(facts.connecting, facts.closing, facts.connectionPending);
      HeOptions.setAvailable(facts.optionsByNumber);
    }

    static void define(byte[] classFile) throws IllegalAccessException {
      HeHook.define(classFile);
    }

    static void startHook() {
      HeHook.start();
    }

    static void startHookWith(Runnable starter) {
      HeHook.startWith(starter);
    }
  }

  /** Has the agent's part of the hooks made now, if it is not, as the first connect would. */
  public static void startHook() {
    Told.startHook();
  }

  /** Has it made by the first connect; the bridge's first part is to be there. */
  public static void startHookWith(Runnable starter) {
    Told.startHookWith(starter);
  }

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
