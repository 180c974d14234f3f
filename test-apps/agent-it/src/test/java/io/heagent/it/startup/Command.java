package io.heagent.it.startup;

import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of this JDK's {@code bin} and tells what came of it. */
public final class Command {
  private static final long LIMIT_SECONDS = 120;

  private Command() {}

  /**
   * Runs it.
   *
   * @param toolOptions the value of JAVA_TOOL_OPTIONS; empty for none
   */
  public static Outcome run(String toolOptions, String program, String... arguments)
      throws IOException, InterruptedException {
    return run(new String[0], toolOptions, program, arguments);
  }

  /** Runs it by another command, which is given the program and its arguments. */
  public static Outcome under(String[] prefix, String program, String... arguments)
      throws IOException, InterruptedException {
    return run(prefix, "", program, arguments);
  }

  private static Outcome run(
      String[] prefix, String toolOptions, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(JdkHomes.current().home().resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    try (TempDirectory directory = TempDirectory.create("tool")) {
      Path stdout = directory.path().resolve("stdout");
      Path stderr = directory.path().resolve("stderr");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().remove("JDK_JAVA_OPTIONS");
      // What the run of the tests is told is no setting of the agent's.
      builder.environment().keySet().removeIf(name -> name.startsWith("HEAGENT_"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      if (!toolOptions.isEmpty()) {
        builder.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
      }
      long start = System.nanoTime();
      Process process = builder.start();
      try {
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        int exit = process.waitFor();
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        return new Outcome(exit, !ended, wall, Files.readString(stdout), Files.readString(stderr));
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
