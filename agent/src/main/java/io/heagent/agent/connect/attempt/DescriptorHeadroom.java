package io.heagent.agent.connect.attempt;

import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells whether the process has descriptors to spare. Sockets that are prepared ahead are a
 * convenience, for which the program must not run out of descriptors; so they are made only while
 * at least half of the descriptors are free.
 */
public final class DescriptorHeadroom {

  private static final Path LIMITS = Path.of("/proc/self/limits");

  /**
   * The first number of this line is the limit in force; the second is the highest to which it can
   * be raised.
   */
  private static final String LINE = "Max open files";

  private static final int HALF = limit(lines()) / 2;

  private DescriptorHeadroom() {}

  /**
   * Whether the process has more than half of its descriptors left. This is judged by the number of
   * a descriptor that has just been opened, because the system gives the lowest free number.
   */
  public static boolean isAmple(int number) {
    return number < HALF;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(LIMITS);
    } catch (IOException | RuntimeException e) {
      Faults.ignored(e);
      return List.of();
    }
  }

  /** The limit in the lines of Linux's {@code /proc/self/limits}; 0 if they do not tell. */
  static int limit(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).strip().split("\\s+", 2)[0];
        return soft.equals("unlimited") ? Integer.MAX_VALUE : number(soft);
      }
    }
    return 0;
  }

  private static int number(String text) {
    try {
      return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
