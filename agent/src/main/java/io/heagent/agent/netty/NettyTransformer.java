package io.heagent.agent.netty;

import io.heagent.agent.config.Settings;
import io.heagent.agent.log.Faults;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;

/**
 * Finds copies of Netty's native transports when their classes are loaded. It stays registered, and
 * the JVM calls it for every class that the program loads; for any other class it only compares the
 * end of the package's name. No other class of this room is loaded before a copy is found. Any
 * thread.
 */
public final class NettyTransformer implements ClassFileTransformer {

  /** Null for the default, so that a start without settings does not load {@link Settings}. */
  private final Settings.Native mode;

  /** Made when the first class of such a package is found. Written under the monitor. */
  private volatile NativeTransports transports;

  private NettyTransformer(Settings.Native mode) {
    this.mode = mode;
  }

  /**
   * Makes a transformer that looks for copies once it is registered. Made once connects are raced.
   *
   * @param mode what the agent does about the copies; not {@code OFF}; null for the default
   */
  public static NettyTransformer of(Settings.Native mode) {
    return new NettyTransformer(mode);
  }

  /** Logs the copies that a running program has loaded already. */
  public void tellOf(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      String name = type.getName();
      if (isWanted(name.replace('.', '/'))) {
        transports().tooLate(name);
      }
    }
  }

  /** Whether no channel of Netty's own transports is racing. */
  public boolean isQuiet() {
    NativeTransports made = transports;
    return made == null || made.isQuiet();
  }

  /** Has woven code of Netty do nothing any more. */
  public void leave() {
    NativeTransports made = transports;
    if (made != null) {
      made.leave();
    }
  }

  /**
   * Gives the woven classes of Netty back without hooks. Called after {@link #leave}, when this
   * transformer is not registered any more.
   *
   * @return the names of classes that cannot go back, each with the reason
   */
  public Map<String, Throwable> restore(Instrumentation instrumentation) {
    NativeTransports made = transports;
    return made == null ? Map.of() : made.restore(instrumentation);
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
    if (loader == null || name == null || !isWanted(name)) {
      return null;
    }
    try {
      return transports().found(loader, name, loaded != null, bytes);
    } catch (Throwable unexpected) {
      // The class is loaded without hooks.
      Faults.unexpected(unexpected);
      return null;
    }
  }

  private NativeTransports transports() {
    NativeTransports made = transports;
    return made == null ? makeTransports() : made;
  }

  private synchronized NativeTransports makeTransports() {
    if (transports == null) {
      transports = new NativeTransports(mode == null ? Settings.Native.RACE : mode);
    }
    return transports;
  }

  /** Whether a class is in one of these packages, under whatever name a copy of Netty has. */
  static boolean isWanted(String name) {
    int end = name.lastIndexOf('/');
    return name.startsWith("/channel/epoll", end - 14)
        || name.startsWith("/channel/unix", end - 13)
        || name.startsWith("/channel/uring", end - 14)
        || name.startsWith("/channel/kqueue", end - 15)
        || name.startsWith("/awssdk/crt", end - 11);
  }
}
