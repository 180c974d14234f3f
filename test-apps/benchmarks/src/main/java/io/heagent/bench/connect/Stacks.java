package io.heagent.bench.connect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the stacks of a profile were doing, each line of which is a stack, its outermost frame
 * first, and how often it was seen.
 */
final class Stacks {

  /** The JDK's own work, and that of the kernel for it. */
  static final String JDK_CALLS = "system calls and the JVM";

  static final String JDK_JAVA = "the JDK's Java";

  /** What the agent has done in place of the JDK, for the most part: the connect, its outcome. */
  static final String AGENT_CALLS = "the same, called by the agent";

  static final String AGENT_JAVA = "the JDK's Java, called by the agent";

  /** Before the name of a room. */
  static final String ROOM = "the agent: ";

  private static final List<String> OURS =
      List.of("io/heagent/agent/", "io/heagent/engine/", "sun/nio/ch/He", "java/net/He");

  private final Map<String, Long> samples = new TreeMap<>();

  /**
   * Counts those stacks that have this frame.
   *
   * @param within the class and method of a frame, as "a/b/Class.method"
   */
  Stacks(List<String> lines, String within) {
    for (String line : lines) {
      int end = line.lastIndexOf(' ');
      List<String> frames = List.of(line.substring(0, end).split(";"));
      if (frames.contains(within)) {
        samples.merge(
            doing(frames.subList(frames.indexOf(within) + 1, frames.size())),
            Long.parseLong(line.substring(end + 1)),
            Long::sum);
      }
    }
  }

  /** How many samples did what, by its name. */
  Map<String, Long> samples() {
    return samples;
  }

  private static String doing(List<String> frames) {
    boolean byAgent = frames.stream().anyMatch(Stacks::isOurs);
    String last = frames.isEmpty() ? "" : frames.get(frames.size() - 1);
    if (isOurs(last)) {
      return ROOM + last.substring(0, last.lastIndexOf('/')).replace('/', '.');
    }
    if (isJava(last)) {
      return byAgent ? AGENT_JAVA : JDK_JAVA;
    }
    return byAgent ? AGENT_CALLS : JDK_CALLS;
  }

  private static boolean isOurs(String frame) {
    return OURS.stream().anyMatch(frame::startsWith);
  }

  /** Only a frame of Java has a package, with slashes, and a method after a dot. */
  private static boolean isJava(String frame) {
    return frame.indexOf('/') > 0 && frame.indexOf('.') > 0;
  }
}
