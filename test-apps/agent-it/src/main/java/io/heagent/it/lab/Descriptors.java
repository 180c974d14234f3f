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
import java.util.stream.Collectors;

/** What this process has open and running (Linux). */
public final class Descriptors {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Descriptors() {}

  /** Number of open descriptors; the one that lists them is not counted. */
  public static int open() {
    String[] all = new File("/proc/self/fd").list();
    return all == null ? -1 : all.length - 1;
  }

  /**
   * "back" once no more than so many are open; otherwise, when that does not come about, what there
   * is. Other threads may be about to close theirs, so the first look is not the last word.
   */
  public static String backTo(int most) {
    long deadline = System.nanoTime() + SETTLE_NANOS;
    int now;
    while ((now = open()) > most) {
      if (System.nanoTime() > deadline) {
        return now + " open, " + most + " before: " + kinds();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return "back";
  }

  /** What is open: files by name, all else ({@code socket}, {@code anon_inode}) by number. */
  private static Map<String, Integer> kinds() {
    Map<String, Integer> kinds = new TreeMap<>();
    String[] all = new File("/proc/self/fd").list();
    for (String descriptor : all == null ? new String[0] : all) {
      String target;
      try {
        target = Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
      } catch (IOException closedMeanwhile) {
        target = "closed";
      }
      int bracket = target.indexOf(":[");
      kinds.merge(bracket < 0 ? target : target.substring(0, bracket), 1, Integer::sum);
    }
    return kinds;
  }

  /**
   * The names of the agent's threads once none is left, or after a time in which all should have
   * ended.
   */
  public static List<String> threadsOfTheAgentInTheEnd() {
    long deadline = System.nanoTime() + SETTLE_NANOS;
    while (!threadsOfTheAgent().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return threadsOfTheAgent();
  }

  /** The names of the agent's threads that are alive. */
  public static List<String> threadsOfTheAgent() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("he-"))
        .sorted()
        .collect(Collectors.toList());
  }
}
