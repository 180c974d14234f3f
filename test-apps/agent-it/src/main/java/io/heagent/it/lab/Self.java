package io.heagent.it.lab;

import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** What this process has open and running (Linux). */
public final class Self {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Self() {}

  /** Number of open descriptors; the one that lists them is not counted. */
  public static int descriptors() {
    String[] all = new File("/proc/self/fd").list();
    return all == null ? -1 : all.length - 1;
  }

  /** The names of the agent's threads that are alive. */
  public static List<String> agentThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("he-"))
        .sorted()
        .toList();
  }

  /**
   * What the agent's hooks go by: whether anything races or is left from a race; false without the
   * agent. Needs java.base's sun.nio.ch opened.
   */
  public static boolean isWatching() throws ReflectiveOperationException {
    Class<?> hook;
    try {
      hook = Class.forName("sun.nio.ch.HeSelect");
    } catch (ClassNotFoundException noAgent) {
      return false;
    }
    var watching = hook.getDeclaredField("watching");
    watching.setAccessible(true);
    return watching.getBoolean(null);
  }

  /** Number of live threads, those of the JVM's own compilers and collectors left out. */
  public static int threads() {
    return Thread.getAllStackTraces().size();
  }

  /**
   * "back" once the value is no more than this; what it is where that does not come about. Others
   * may be about to give theirs up, so the first look is not the last word.
   */
  public static String backTo(int most, IntSupplier value) {
    long deadline = System.nanoTime() + SETTLE_NANOS;
    int now = value.getAsInt();
    while (now > most) {
      if (System.nanoTime() > deadline) {
        return now + ", " + most + " before";
      }
      LockSupport.parkNanos(LOOK_NANOS);
      now = value.getAsInt();
    }
    return "back";
  }
}
