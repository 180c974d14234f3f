package io.heagent.it.lab;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Notes about an exception what a program may see of it. */
public final class Failure {
  private static final List<String> AGENT =
      List.of("io.heagent.agent.", "io.heagent.engine.", "sun.nio.ch.He");

  private Failure() {}

  /** Notes type, message, suppressed exceptions and whether anything of the agent shows. */
  public static void note(Facts facts, Throwable failure) {
    facts
        .put("error", failure.getClass().getName())
        .put("message", failure.getMessage())
        .put(
            "suppressed",
            Arrays.stream(deepest(failure).getSuppressed())
                .map(Throwable::toString)
                .collect(Collectors.joining(" | ")))
        .put("agent", agentIn(failure));
  }

  /** What it came from: HttpURLConnection wraps what the connect threw into another like it. */
  public static Throwable deepest(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  /** The first class or frame of the agent anywhere in it; "none" is what it should be. */
  private static String agentIn(Throwable failure) {
    Deque<Throwable> left = new ArrayDeque<>(List.of(failure));
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!left.isEmpty()) {
      Throwable next = left.pop();
      if (!seen.add(next)) {
        continue;
      }
      if (isAgent(next.getClass().getName())) {
        return next.getClass().getName();
      }
      for (StackTraceElement frame : next.getStackTrace()) {
        if (isAgent(frame.getClassName())) {
          return frame.toString();
        }
      }
      left.addAll(List.of(next.getSuppressed()));
      if (next.getCause() != null) {
        left.add(next.getCause());
      }
    }
    return "none";
  }

  private static boolean isAgent(String className) {
    return AGENT.stream().anyMatch(className::startsWith);
  }
}
