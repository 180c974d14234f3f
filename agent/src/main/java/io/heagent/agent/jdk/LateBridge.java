package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeOptions;
import sun.nio.ch.HeSelect;
import sun.nio.ch.HeSocket;

/**
 * The part of the bridge that is defined when it is needed, and not at start, because few programs
 * need all of it.
 */
public final class LateBridge {

  /** The bridge classes that the agent uses once there is a connect. */
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
          "HeSocket$OfVirtual",
          "HeSelectable",
          "HeAsync",
          "HeCache",
          "HeCache$Cache");

  private static final List<String> NAMES = List.of("HeNames", "HeNames$Families", "HeCacheWriter");

  /** What the classes of {@link #NAMES} use of the rest. */
  private static final List<String> BELOW_NAMES = List.of("HeJdk", "HeCache", "HeCache$Cache");

  private static final List<String> EPOLL = List.of("HeEpoll");

  private static final String NETTY = "java.nio.channels.HeNetty";

  private LateBridge() {}

  /** All classes that a copy of the agent may have defined in java.base, by their full names. */
  static List<String> allNames() {
    List<String> all = new ArrayList<>();
    for (List<String> some : List.of(REST, NAMES, EPOLL)) {
      for (String name : some) {
        all.add(BridgeInstaller.PACKAGE + "." + name);
      }
    }
    all.add(NETTY);
    return all;
  }

  /**
   * What the bridge must know of this JDK.
   *
   * @param connecting the number of a socket's state ST_CONNECTING
   * @param closing the number of a socket's state ST_CLOSING
   * @param connectionPending the number of a channel's state ST_CONNECTIONPENDING
   * @param optionsByNumber whether options can be read and set by number
   */
  public record Facts(
      int connecting, int closing, int connectionPending, boolean optionsByNumber) {}

  /**
   * Defines the bridge classes that a connect needs. The first connect calls it; if it fails, the
   * next one calls it again.
   */
  public static void install(Facts facts) throws IOException {
    BridgeInstaller.exportToAgent();
    for (String name : REST) {
      try {
        Told.define(BridgeInstaller.bytes(name));
      } catch (LinkageError e) {
        // The class was defined by an earlier call that ran out of memory before its end.
        if (!BridgeInstaller.isDefined(name)) {
          throw e;
        }
      }
    }
    Told.tell(facts);
  }

  /**
   * A class of its own, so that the JVM verifies it, and links it to the bridge, only once the
   * bridge classes have been defined.
   */
  private static final class Told {
    static void tell(Facts facts) {
      HeSocket.setStates(facts.connecting, facts.closing, facts.connectionPending);
      HeOptions.setAvailable(facts.optionsByNumber);
    }

    static void define(byte[] classFile) {
      HeHook.define(classFile);
    }

    static void startHook() {
      HeHook.start();
    }

    static void startHookWith(Runnable starter) {
      HeHook.startWith(starter);
    }

    static void answerWith(Function<String, String> commands) {
      HeHook.answerWith(commands);
    }

    static void leave() {
      HeSelect.setWatching(false);
      HeHook.leave();
    }

    static Function<String, String> commands() {
      return HeHook.commands();
    }
  }

  /**
   * Makes the agent's part of the hooks now, if it has not been made, as the first connect would.
   * To be called before any class of the agent is loaded that extends one of the bridge.
   */
  public static void startHook() {
    BridgeInstaller.exportToAgent();
    Told.startHook();
  }

  /**
   * Has the first connect make the agent's part of the hooks. The first part of the bridge must be
   * defined already.
   */
  public static void startHookWith(Runnable starter) {
    if (!BridgeInstaller.tell(starter)) {
      Told.startHookWith(starter);
    }
  }

  /** Has commands to the agent answered. The first part of the bridge must be defined already. */
  public static void answerWith(Function<String, String> commands) {
    if (!BridgeInstaller.tell(commands)) {
      Told.answerWith(commands);
    }
  }

  /** Has every hook do nothing. The bridge goes on to pass commands to the agent. */
  public static void leave() {
    BridgeInstaller.exportToAgent();
    Told.leave();
  }

  /** Has the bridge forget the agent, so that another one may come. Called after {@link #leave}. */
  public static void answerNoMore() {
    Told.answerWith(null);
  }

  /**
   * What answers commands to the agent in this JVM, of whatever version it is; null if there is no
   * agent.
   */
  static Function<String, String> commands() {
    return Told.commands();
  }

  /**
   * Defines {@code HeNames} and {@code HeCacheWriter}. Called once, before any class links to them.
   */
  public static void installNames() throws IOException, ReflectiveOperationException {
    BridgeInstaller.exportToAgent();
    BridgeInstaller.define(NAMES);
  }

  /**
   * Makes ready for {@link #installNames} in the JVM of a command, where no agent has defined the
   * bridge and nothing is woven.
   */
  public static void openForNames(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    BridgeInstaller.open(instrumentation);
    BridgeInstaller.define(BELOW_NAMES);
  }

  /**
   * Defines the bridge classes that races of Netty's channels need. Called once.
   *
   * @return the members that the JDK lacks; empty if it has all, and then the classes are defined
   */
  public static List<String> installNetty() throws IOException, ReflectiveOperationException {
    List<String> missing = new Requirements(new JdkClassFiles()).missingForNetty();
    if (missing.isEmpty()) {
      BridgeInstaller.exportToAgent();
      BridgeInstaller.define(EPOLL);
      if (!BridgeInstaller.isDefinedAs(NETTY)) {
        NettyBridge.defineHook();
      }
    }
    return missing;
  }

  /**
   * A class of its own, so that the JVM verifies it, and links it to the bridge class, only once
   * that class has been defined.
   */
  private static final class NettyBridge {
    static void defineHook() throws IOException, IllegalAccessException {
      HeEpoll.defineHook(BridgeInstaller.classFile(NETTY.replace('.', '/')));
    }
  }

  /** The bytes of a class that the bridge itself defines when it is needed. */
  public static byte[] classFile(String name) throws IOException {
    return BridgeInstaller.bytes(name);
  }
}
