package io.heagent.it.control;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.Command;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.jvm.beside.Beside;
import io.heagent.testkit.net.HostsFile;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs while commands reach into it. Closing it ends it. */
final class Steered implements Closeable {
  private final TempDirectory directory = TempDirectory.create("steered");
  private final Process process;
  private final BufferedReader out;

  private Steered(ForkedJvm jvm, Class<?> main, String... arguments) throws IOException {
    process = jvm.builder(main.getName(), arguments).redirectError(stderr().toFile()).start();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** A program that connects to a host each time it is told to. */
  static Steered program(AgentLab lab, String host, String... flags) throws IOException {
    Steered begun =
        of(lab.hosts(), SteeredProgram.class, List.of(flags), host, Integer.toString(lab.port()));
    String line = begun.line();
    if (!line.equals(SteeredProgram.READY)) {
      begun.close();
      throw new IOException("it says " + line);
    }
    return begun;
  }

  /** The same program, as it would be started by somebody who knows of no attaching. */
  static Steered unprepared(AgentLab lab, String host) throws IOException {
    Steered begun =
        new Steered(
            ForkedJvm.onThisJdk().flags(lab.hosts().flag()),
            SteeredProgram.class,
            host,
            Integer.toString(lab.port()));
    begun.line();
    return begun;
  }

  /** Another program. */
  static Steered of(HostsFile hosts, Class<?> main, List<String> flags, String... arguments)
      throws IOException {
    return new Steered(jvm(hosts).flags(flags), main, arguments);
  }

  /** Another program, which uses libraries, or has an agent that does. */
  static Steered withLibraries(
      HostsFile hosts, Class<?> main, List<String> flags, String... arguments) throws IOException {
    return new Steered(jvm(hosts).withLibraries().flags(flags), main, arguments);
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    // Without it, each command makes a JVM since JDK 21 print a warning.
    return ForkedJvm.onThisJdk().flags(hosts.flag(), "-XX:+EnableDynamicAgentLoading");
  }

  private Path stderr() {
    return directory.path().resolve("stderr");
  }

  String pid() {
    return Long.toString(process.pid());
  }

  /** Has the program go on, and waits for its next line. */
  String next() throws IOException {
    return next("");
  }

  /** Gives the program a line, and waits for its next one. */
  String next(String given) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((given + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    return line();
  }

  /** The next line of the program. */
  String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("it has ended: " + errors());
    }
    return line;
  }

  /** What it has said on stderr so far. */
  String errors() throws IOException {
    return Beside.ofThisRun().withoutTheirs(Files.readString(stderr()));
  }

  /** Runs a command of the jar on this JVM. */
  Outcome command(String command, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(command, pid()));
    all.addAll(List.of(arguments));
    return jar(AgentLab.JAR, all.toArray(String[]::new));
  }

  /** Runs any command of a jar. */
  static Outcome jar(Path jar, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-jar", jar.toString()));
    all.addAll(List.of(arguments));
    return Command.run("", "java", all.toArray(String[]::new));
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
