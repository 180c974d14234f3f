package io.heagent.testkit.jvm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Traces the system calls of a JVM and all its threads, where the machine allows it. */
public final class Strace {

  /**
   * The best that works here. With seccomp (strace 5.3) a JVM stops at the calls that are asked for
   * only, and starts in half the time.
   */
  private static final Optional<List<String>> COMMAND =
      Stream.of(List.of("strace", "-f", "--seccomp-bpf"), List.of("strace", "-f"))
          .filter(Strace::works)
          .findFirst();

  private Strace() {}

  /** Whether strace is there and may trace. */
  public static boolean canTrace() {
    return COMMAND.isPresent();
  }

  /**
   * For {@link ForkedJvm#under}: these calls, comma-separated, to a file, one a line.
   *
   * @param options more of strace's own options
   */
  public static String[] command(Path to, String calls, String... options) {
    List<String> command = new ArrayList<>(COMMAND.orElseThrow());
    command.addAll(List.of(options));
    command.addAll(List.of("-o", to.toString(), "-e", "trace=" + calls));
    return command.toArray(String[]::new);
  }

  private static boolean works(List<String> strace) {
    List<String> command = new ArrayList<>(strace);
    command.addAll(List.of("-o", "/dev/null", "true"));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
