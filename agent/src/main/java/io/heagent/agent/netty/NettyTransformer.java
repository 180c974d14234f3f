package io.heagent.agent.netty;

import io.heagent.agent.config.Settings;
import io.heagent.agent.log.Faults;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/**
 * Finds copies of Netty's native transports as their classes are loaded. It stays registered, and
 * is asked about every class that the program loads: one that is none of theirs costs a look at the
 * end of its package's name. Nothing else of this room is loaded before one is found. Any thread.
 */
public final class NettyTransformer implements ClassFileTransformer {

  /** Null for the default, so that a start without settings loads none of them. */
  private final Settings.Native mode;

  private NettyTransformer(Settings.Native mode) {
    this.mode = mode;
  }

  /**
   * Looks for them from now on, once it is registered. To be made once connects are raced.
   *
   * @param mode what is done about those found; not {@code OFF}; null for the default
   */
  public static NettyTransformer of(Settings.Native mode) {
    return new NettyTransformer(mode);
  }

  /** Tells of those that a program which runs already has loaded. */
  public void tellOf(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      NativeTransports.tooLate(type.getName(), mode());
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (loader == null || name == null || !isWanted(name)) {
      return null;
    }
    try {
      return NativeTransports.found(mode(), loader, name, loaded != null, bytes);
    } catch (Throwable unexpected) {
      // The class is loaded as it is.
      Faults.unexpected(unexpected);
      return null;
    }
  }

  private Settings.Native mode() {
    return mode == null ? Settings.Native.RACE : mode;
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
