package io.heagent.engine.net.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the sockets and selectors that this process has open, by Linux's {@code /proc}. */
public final class Descriptors {

  private Descriptors() {}

  /** Waits for the shared loop, which an earlier test may have used, to end, and counts then. */
  public static long open() throws IOException, InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("he-loop")) {
        thread.join();
      }
    }
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.filter(Descriptors::isSocketOrSelector).count();
    }
  }

  private static boolean isSocketOrSelector(Path entry) {
    try {
      String target = Files.readSymbolicLink(entry).toString();
      return target.startsWith("socket:") || target.contains("event");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
