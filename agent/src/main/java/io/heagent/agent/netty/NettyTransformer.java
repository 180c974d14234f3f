package io.heagent.agent.netty;

import io.heagent.agent.config.Settings;
import io.heagent.agent.log.Faults;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Finds copies of Netty's native transports as their classes are loaded. It stays registered, and
 * is asked about every class that the program loads: one that is none of theirs costs a look at the
 * end of its package's name. Nothing else of this room is loaded before one is found. Any thread.
 */
public final class NettyTransformer implements ClassFileTransformer {

  private final Settings.Native mode;

  private NettyTransformer(Settings.Native mode) {
    this.mode = mode;
  }

  /**
   * Begins to look for them. To be called once connects are raced.
   *
   * @param late whether the program runs already, and may have loaded some
   */
  public static void register(Instrumentation instrumentation, Settings.Native mode, boolean late) {
    if (mode == Settings.Native.OFF) {
      return;
    }
    instrumentation.addTransformer(new NettyTransformer(mode), false);
    if (late) {
      for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
        NativeTransports.tooLate(loaded.getName(), mode);
      }
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (loader == null || name == null || !isWanted(name)) {
      return null;
    }
    try {
      return NativeTransports.found(mode, loader, name, loaded != null, bytes);
    } catch (Throwable unexpected) {
      // The class is loaded as it is.
      Faults.unexpected(unexpected);
      return null;
    }
  }

  /** Whether it is in one of these packages, under whatever name a copy of Netty has. */
  static boolean isWanted(String name) {
    int end = name.lastIndexOf('/');
    return name.startsWith("/channel/epoll", end - 14)
        || name.startsWith("/channel/unix", end - 13)
        || name.startsWith("/channel/uring", end - 14)
        || name.startsWith("/channel/kqueue", end - 15)
        || name.startsWith("/awssdk/crt", end - 11);
  }
}
