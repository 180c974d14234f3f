package io.heagent.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Traces the system calls of a JVM and all its threads, where the machine allows it. */
public final class Strace {

  /** Stops a JVM at the calls that are asked for only, not at all: it starts in half the time. */
  private static final String QUICK = "--seccomp-bpf";

  private Strace() {}

  /** Whether strace is there and may trace. */
  public static boolean canTrace() throws InterruptedException {
    return works();
  }

  /** For {@link ForkedJvm#under}: these calls, comma-separated, to a file, one a line. */
  public static String[] command(Path to, String calls) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("strace", "-f"));
    // Since 5.3.
    if (works(QUICK)) {
      command.add(QUICK);
    }
    command.addAll(List.of("-o", to.toString(), "-e", "trace=" + calls));
    return command.toArray(String[]::new);
  }

  private static boolean works(String... options) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("strace", "-f"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", "/dev/null", "true"));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
