package io.heagent.agent.start;

import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.ConnectHook;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.jdk.PoolKeyClass;
import io.heagent.agent.log.Log;
import io.heagent.agent.netty.NettyTransformer;
import io.heagent.agent.patch.Patch;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The one transformer that stays registered. It weaves classes that a program may or may not load,
 * when the program loads them. The JVM calls it for every class; it dismisses all but a few by
 * their names. It also notes whether one of {@link RacingClients} is loaded. Any thread.
 */
final class LateTransformer implements ClassFileTransformer, BooleanSupplier {

  /** Null if that class has its hook already, or does not exist. */
  private final Patch poolKey;

  /** Null if the agent leaves native transports alone. */
  private final NettyTransformer netty;

  private final Instrumentation instrumentation;

  /**
   * The class file of the pool's key without its hook, if that is not the JDK's own; else null.
   * Written by the thread that loads the class.
   */
  private volatile byte[] keyBefore;

  /** Whether a class of a racing client has been seen. Set by the thread that loads the class. */
  private volatile boolean racer;

  /**
   * Whether the classes have been looked through that the JVM loaded before this was registered.
   */
  private volatile boolean looked;

  private LateTransformer(Instrumentation instrumentation, Patch poolKey, NettyTransformer netty) {
    this.instrumentation = instrumentation;
    this.poolKey = poolKey;
    this.netty = netty;
  }

  /**
   * Makes a transformer that waits for classes once it is registered.
   *
   * @param mode what the agent does about native transports; null for the default
   * @return null if there is nothing to wait for
   */
  static LateTransformer of(Instrumentation instrumentation, Patch poolKey, Settings.Native mode) {
    // Without settings, a start does not load the constants either.
    boolean isOff = mode != null && mode == Settings.Native.OFF;
    NettyTransformer netty = isOff ? null : NettyTransformer.of(mode);
    if (poolKey == null && netty == null) {
      return null;
    }
    return new LateTransformer(instrumentation, poolKey, netty);
  }

  /**
   * Begins to wait. Called once connects are raced.
   *
   * @param late whether the program runs already, and may have loaded some of these classes
   */
  void register(boolean late) {
    instrumentation.addTransformer(this, false);
    if (late && netty != null) {
      netty.tellOf(instrumentation.getAllLoadedClasses());
    }
  }

  /**
   * Whether the JVM may have loaded a class of a racing client. The first call looks through all
   * classes that it has loaded so far, which takes some milliseconds: other agents may have come
   * before this one. Always true if this transformer does not stay.
   */
  @Override
  public boolean getAsBoolean() {
    if (!looked && netty != null) {
      for (Class<?> type : instrumentation.getAllLoadedClasses()) {
        noteRacer(type.getName());
      }
      looked = true;
    }
    return racer || netty == null;
  }

  private void noteRacer(String name) {
    if (mayBeRacer(name)) {
      try {
        if (RacingClients.include(name.replace('/', '.'))) {
          racer = true;
        }
      } catch (Throwable unknown) {
        // Without memory or stack it is not told; to look at stacks is always right.
        racer = true;
      }
    }
  }

  /**
   * Dismisses nearly all other classes, so that a start need not load {@link RacingClients}. The
   * letter comes first because the JVM interprets this while it starts.
   *
   * @param name with slashes or with dots
   */
  static boolean mayBeRacer(String name) {
    char first = name.charAt(0);
    return (first == 'o' && name.startsWith("okhttp3"))
        || (first == 'i' && name.startsWith("nats", 3))
        || (first == 'c' && name.startsWith("microsoft", 4));
  }

  /** Whether no channel of Netty's own transports is racing. */
  boolean isQuiet() {
    return netty == null || netty.isQuiet();
  }

  /** Weaves and notes nothing any more, and has what is woven into Netty do nothing. */
  void leave() {
    racer = true;
    instrumentation.removeTransformer(this);
    if (netty != null) {
      netty.leave();
    }
  }

  /** See {@link NettyTransformer#restore}. */
  Map<String, Throwable> restore() {
    return netty == null ? Map.of() : netty.restore(instrumentation);
  }

  /** The class file of the pool's key without its hook; null if that is the JDK's own. */
  byte[] keyBefore() {
    return keyBefore;
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (name == null) {
      return null;
    }
    noteRacer(name);
    if (loader == null) {
      return null;
    }
    if (poolKey != null && loaded == null && name.equals(PoolKeyClass.NAME)) {
      if (!ClassLoader.getPlatformClassLoader().equals(loader)) {
        return null;
      }
      if (netty == null) {
        // No other class is left to wait for.
        instrumentation.removeTransformer(this);
      }
      return poolKey(bytes);
    }
    return netty == null ? null : netty.transform(loader, name, loaded, domain, bytes);
  }

  private byte[] poolKey(byte[] bytes) {
    try {
      byte[] woven = PoolKeyClass.woven(poolKey, bytes);
      keyBefore = poolKey.original().matches(bytes) ? null : bytes;
      return woven;
    } catch (Throwable failed) {
      // Without the hook, two names could share a connection to the server of one of them. The
      // HttpClient connects by non-blocking channels, so none of these is raced any more.
      LateBridge.startHook();
      ConnectHook.leaveSelectors();
      Log.warn(
          "cannot change "
              + PoolKeyClass.NAME.replace('/', '.')
              + " in this JVM ("
              + failed
              + "); connects of non-blocking channels are not raced");
      return null;
    }
  }
}
