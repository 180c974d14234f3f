package io.heagent.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** Traces the system calls of a JVM and all its threads, where the machine allows it. */
public final class Strace {
  private Strace() {}

  /** Whether strace is there and may trace. */
  public static boolean canTrace() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  /** For {@link ForkedJvm#under}: these calls, comma-separated, to a file, one a line. */
  public static String[] command(Path to, String calls) {
    return new String[] {"strace", "-f", "-o", to.toString(), "-e", "trace=" + calls};
  }
}
