package io.heagent.it.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long threads of this JVM that were ready to run have waited for a processor, as the kernel
 * counts it (Linux). On a busy machine all that a probe times takes longer by that, with the agent
 * and without it. Where the kernel does not say, it is no time.
 */
public final class Kept {
  private static final Path THIS_THREAD = Path.of("/proc/thread-self/schedstat");
  private static final File THREADS = new File("/proc/self/task");

  private Kept() {}

  /** The platform thread that asks, since it began. */
  public static long nanos() {
    return nanos(THIS_THREAD);
  }

  /** The threads with this name of at most 15 letters, since they began. */
  public static long nanos(String name) {
    String[] threads = THREADS.list();
    long nanos = 0;
    for (String thread : threads == null ? new String[0] : threads) {
      Path folder = THREADS.toPath().resolve(thread);
      try {
        if (Files.readString(folder.resolve("comm")).strip().equals(name)) {
          nanos += nanos(folder.resolve("schedstat"));
        }
      } catch (IOException ended) {
        // It was there when the threads were listed.
      }
    }
    return nanos;
  }

  /** The second of three numbers; the first is how long it has run. */
  private static long nanos(Path schedstat) {
    try {
      return Long.parseLong(Files.readString(schedstat).split(" ", -1)[1]);
    } catch (IOException notThere) {
      return 0;
    }
  }
}
