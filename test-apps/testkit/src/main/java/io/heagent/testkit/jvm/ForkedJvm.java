package io.heagent.testkit.jvm;

import io.heagent.testkit.jvm.beside.Beside;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class in a JVM of its own and tells what came of it. The child never outlives the
 * call: at the time limit, or when the caller is interrupted, it and its children are killed. Every
 * such JVM has what {@link Beside} says for the whole run of tests.
 */
public final class ForkedJvm {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);
  private static final int SLOWER_BESIDE_OTHERS = 4;

  private final Jdk jdk;
  private final List<String> prefix = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private String classPath = ProgramPath.ofThisRun();
  private Duration limit = DEFAULT_LIMIT;

  private ForkedJvm(Jdk jdk) {
    this.jdk = jdk;
  }

  public static ForkedJvm on(Jdk jdk) {
    return new ForkedJvm(jdk);
  }

  public static ForkedJvm onThisJdk() {
    return on(JdkHomes.current());
  }

  /** A command to run the JVM under, {@code strace -f} for instance. */
  public ForkedJvm under(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  public ForkedJvm flags(String... more) {
    return flags(List.of(more));
  }

  public ForkedJvm flags(List<String> more) {
    flags.addAll(more);
    return this;
  }

  /** Adds {@code -javaagent:jar=arguments}; empty arguments leave the equals sign out. */
  public ForkedJvm agent(Path jar, String arguments) {
    return flags("-javaagent:" + jar + (arguments.isEmpty() ? "" : "=" + arguments));
  }

  /** Has it compile with C2 too, though the other JVMs of this run do without. */
  public ForkedJvm withC2() {
    return flags(Compilers.WITH_C2);
  }

  public ForkedJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Has the libraries of the tests, though the other JVMs of this run do without. */
  public ForkedJvm withLibraries() {
    return classPath(ProgramPath.WITH_LIBRARIES);
  }

  /** Instead of what the run says. */
  public ForkedJvm classPath(String path) {
    this.classPath = path;
    return this;
  }

  public ForkedJvm limit(Duration most) {
    this.limit = most;
    return this;
  }

  public Outcome run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(main.getName(), arguments);
  }

  public Outcome run(String main, String... arguments) throws IOException, InterruptedException {
    // Files, not pipes: nothing to pump, and a grandchild that keeps its end open can't hold us up.
    try (TempDirectory directory = TempDirectory.create("jvm")) {
      Path stdout = directory.path().resolve("stdout");
      Path stderr = directory.path().resolve("stderr");
      ProcessBuilder builder =
          builder(main, arguments)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      long start = System.nanoTime();
      Process process = builder.start();
      ExitHook hook = new ExitHook("kill forked JVM", () -> kill(process));
      boolean ended;
      try {
        ended = process.waitFor(patience().toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        kill(process);
        hook.close();
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - start);
      int exit = process.waitFor();
      String said = Beside.ofThisRun().withoutTheirs(text(stderr));
      return new Outcome(exit, !ended, wall, text(stdout), said);
    }
  }

  /** For a caller that talks to it while it runs, and that ends it. */
  public ProcessBuilder builder(String main, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(main, arguments));
    cleanEnvironment(builder.environment());
    return builder;
  }

  /** Runs it on a daemon thread, for a caller that has something to do meanwhile. */
  public Future<Outcome> start(Class<?> main, String... arguments) {
    FutureTask<Outcome> end = new FutureTask<>(() -> run(main, arguments));
    Thread waiting = new Thread(end, "jvm");
    waiting.setDaemon(true);
    waiting.start();
    return end;
  }

  // Other agents take most of a JVM's time to start.
  private Duration patience() {
    return Beside.ofThisRun().isNobody() ? limit : limit.multipliedBy(SLOWER_BESIDE_OTHERS);
  }

  private List<String> command(String main, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(jdk.java().toString());
    command.addAll(Compilers.ofThisRun());
    command.addAll(Beside.ofThisRun().around(flags));
    command.add("-cp");
    command.add(Beside.ofThisRun().classPath(classPath));
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  // What the caller's shell sets must not steer, or add a line of output to, the JVM under test.
  private void cleanEnvironment(Map<String, String> inherited) {
    inherited
        .keySet()
        .removeIf(
            name ->
                name.equals("JAVA_TOOL_OPTIONS")
                    || name.equals("JDK_JAVA_OPTIONS")
                    || name.equals("_JAVA_OPTIONS")
                    || name.equals("CLASSPATH")
                    || name.startsWith("HEAGENT_"));
    inherited.putAll(environment);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** What came of a forked JVM. After a kill the exit code means nothing. */
  public record Outcome(
      int exitCode, boolean timedOut, Duration wall, String stdout, String stderr) {
    public double seconds() {
      return wall.toNanos() / 1e9;
    }
  }
}
