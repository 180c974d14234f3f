package io.heagent.it.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** What this process has open and running (Linux). */
public final class Self {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int MOST_LISTS = 20;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String BACK = "back";

  private Self() {}

  /** Number of open descriptors; the one that lists them is not counted. */
  public static int descriptors() {
    String[] all = new File("/proc/self/fd").list();
    return all == null ? -1 : all.length - 1;
  }

  /**
   * What is open, by number: a path, or the kind and number of what has none. Listed as often as it
   * takes until nothing is opened or closed meanwhile, within reason.
   */
  public static Map<String, String> open() {
    Map<String, String> open = listed();
    for (int i = 0; i < MOST_LISTS; i++) {
      Map<String, String> again = listed();
      if (again.equals(open)) {
        return open;
      }
      open = again;
    }
    return open;
  }

  private static Map<String, String> listed() {
    String[] all = DESCRIPTORS.toFile().list();
    Map<String, String> listed = new TreeMap<>();
    for (String number : all == null ? new String[0] : all) {
      try {
        listed.put(number, Files.readSymbolicLink(DESCRIPTORS.resolve(number)).toString());
      } catch (IOException goneMeanwhile) {
        // Somebody has closed this descriptor since its number was listed. That is always so of
        // the descriptor by which this method has listed the directory.
      }
    }
    return listed;
  }

  /** As {@link #backTo(int, IntSupplier)} of descriptors: says which ones are new. */
  public static String backTo(Map<String, String> before) {
    String said = backTo(before.size(), () -> open().size());
    if (said.equals(BACK)) {
      return said;
    }
    Map<String, String> fresh = open();
    fresh.entrySet().removeAll(before.entrySet());
    return said + ", new: " + fresh;
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
   * Whether the agent's hooks in selectors are switched on, which they are as long as a race is on
   * or something is left of one. False without the agent. Needs java.base's sun.nio.ch opened.
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
    return BACK;
  }
}
