package io.heagent.it.control.reach;

import io.heagent.testkit.jvm.TempDirectory;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs {@link Waiter}. Any user may read its class. Closing it ends it. */
final class Waiting implements Closeable {
  private final TempDirectory directory = TempDirectory.create("waiting");
  private final Process process;
  private final BufferedReader out;

  /**
   * Starts it, and waits until it runs.
   *
   * @param command the command before the class path: the launcher, or what it is run under
   */
  Waiting(List<String> command) throws IOException {
    Path file = directory.path().resolve(Waiter.class.getName().replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    try (InputStream in = Waiter.class.getResourceAsStream("Waiter.class")) {
      Files.copy(in, file);
    }
    Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> all = new ArrayList<>(command);
    // Without the flag, each command makes a JVM since JDK 21 print a warning.
    all.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-cp", directory.path().toString()));
    all.add(Waiter.class.getName());
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.directory(directory.path().toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.equals("JAVA_TOOL_OPTIONS"));
    process = builder.start();
    // A JVM that is stopped does not notice that its input has ended.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    out = process.inputReader(StandardCharsets.UTF_8);
    try {
      expect("ready");
    } catch (IOException notBegun) {
      close();
      throw notBegun;
    }
  }

  String pid() {
    return Long.toString(process.pid());
  }

  /** Sends it a signal. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, pid()).start().waitFor();
  }

  /** Has it say something, after which it has said nothing else. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    expect("goes on");
  }

  private void expect(String expected) throws IOException {
    String line = out.readLine();
    if (!expected.equals(line)) {
      throw new IOException("it says " + line);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.close();
    directory.close();
  }
}
