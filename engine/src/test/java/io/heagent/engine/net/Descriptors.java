package io.heagent.engine.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sockets and selectors that this process has open, as Linux tells. */
public final class Descriptors {

  private Descriptors() {}

  /** Waits for the process-wide loop to end, which another test may have left running idle. */
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
