package io.heagent.agent.connect.attempt;

import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many descriptors this process may have, for what would be nice to have but that no program
 * may have to do without a descriptor for: half of them are never touched.
 */
public final class DescriptorHeadroom {

  private static final Path LIMITS = Path.of("/proc/self/limits");

  /** The limit that counts is the first number; the second one is what it could be raised to. */
  private static final String LINE = "Max open files";

  private static final int HALF = limit(lines()) / 2;

  private DescriptorHeadroom() {}

  /**
   * Whether the process has more than half of its descriptors left, told by the number of one that
   * has just been opened: it is the lowest that was free.
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

  /** The limit in the text of Linux's file; 0 where it does not say. */
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
