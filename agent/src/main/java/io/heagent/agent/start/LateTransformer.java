package io.heagent.agent.start;

import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.ConnectHook;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.jdk.PoolKeyClass;
import io.heagent.agent.log.Log;
import io.heagent.agent.netty.NettyTransformer;
import io.heagent.agent.patch.Patch;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;

/**
 * The one transformer that stays registered. It weaves classes that a program may or may not load,
 * when the program loads them. The JVM calls it for every class; it dismisses all but a few by
 * their names. Any thread.
 */
final class LateTransformer implements ClassFileTransformer {

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

  private LateTransformer(Instrumentation instrumentation, Patch poolKey, NettyTransformer netty) {
    this.instrumentation = instrumentation;
    this.poolKey = poolKey;
    this.netty = netty;
  }

  /**
   * Registers the transformer. Called once connects are raced.
   *
   * @param mode what the agent does about native transports; null for the default
   * @param late whether the program runs already, and may have loaded some of these classes
   * @return null if there is nothing to wait for
   */
  static LateTransformer register(
      Instrumentation instrumentation, Patch poolKey, Settings.Native mode, boolean late) {
    // Without settings, a start does not load the constants either.
    boolean isOff = mode != null && mode == Settings.Native.OFF;
    NettyTransformer netty = isOff ? null : NettyTransformer.of(mode);
    if (poolKey == null && netty == null) {
      return null;
    }
    LateTransformer made = new LateTransformer(instrumentation, poolKey, netty);
    instrumentation.addTransformer(made, false);
    if (late && netty != null) {
      netty.tellOf(instrumentation.getAllLoadedClasses());
    }
    return made;
  }

  /** Whether no channel of Netty's own transports is racing. */
  boolean isQuiet() {
    return netty == null || netty.isQuiet();
  }

  /** Weaves nothing any more, and has what is woven into Netty do nothing. */
  void leave() {
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
    if (loader == null || name == null) {
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
