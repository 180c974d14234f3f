package io.heagent.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that connects to a host some times and prints the milliseconds of each.
 *
 * @param name with its version
 */
record Peer(String name, Commands commands) {
  private static final long LIMIT_SECONDS = 60;

  /** How it is called. */
  interface Commands {
    List<String> of(String host, int port, int times);
  }

  /**
   * Runs it.
   *
   * @return milliseconds, one for each connect
   */
  List<Double> run(String host, int port, int times, Path directory)
      throws IOException, InterruptedException {
    String output = output(commands.of(host, port, times), directory);
    List<Double> millis = new ArrayList<>();
    for (String line : output.lines().toList()) {
      try {
        millis.add(Double.parseDouble(line.strip()));
      } catch (NumberFormatException other) {
        throw new IOException(name + " said " + output, other);
      }
    }
    if (millis.size() != times || millis.contains(0.0)) {
      throw new IOException(name + " did not connect " + times + " times: " + output);
    }
    return millis;
  }

  /** The first line that a program says of its version; empty if it is not installed. */
  static Optional<String> version(Path directory, String... command) throws InterruptedException {
    try {
      return output(List.of(command), directory).lines().findFirst();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
  }

  static String output(List<String> command, Path directory)
      throws IOException, InterruptedException {
    Path file = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(file.toFile());
    // The lab's own, which the agent would take for settings.
    builder.environment().keySet().removeIf(name -> name.startsWith("HEAGENT_"));
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      String output = Files.readString(file);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(command + ": " + output);
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
