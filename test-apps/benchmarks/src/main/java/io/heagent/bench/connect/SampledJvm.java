package io.heagent.bench.connect;

import io.heagent.bench.measured.ConnectBatches;
import io.heagent.bench.turns.BatchJvm;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JVM that connects when it is told to, and whose stacks can be sampled by the processor time of
 * its threads, system calls included. The profiler is loaded into it while it runs, so that it
 * samples nothing of the time before.
 */
final class SampledJvm implements Closeable {

  /** The kernel takes a sample at each tick of its clock, mostly every 4 ms, if this is less. */
  private static final String INTERVAL = "1ms";

  private final BatchJvm jvm;
  private final Path library;
  private final String process;

  /**
   * Starts it.
   *
   * @param library the profiler's
   * @param arguments those of {@link ConnectBatches} before its last one
   */
  SampledJvm(ForkedJvm jvm, Path library, List<String> arguments) throws IOException {
    this.library = library;
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    this.jvm = new BatchJvm(jvm, ConnectBatches.class, arguments);
    process =
        ProcessHandle.current()
            .children()
            .filter(child -> !before.contains(child))
            .map(child -> Long.toString(child.pid()))
            .findFirst()
            .orElseThrow();
  }

  void connect(int times) throws IOException, InterruptedException {
    jvm.micros(times, 0);
  }

  void begin() throws IOException, InterruptedException {
    command("start,event=itimer,interval=" + INTERVAL);
  }

  /** Ends the sampling, and gives the stacks, a line each. */
  List<String> end(Path into) throws IOException, InterruptedException {
    command("stop,collapsed,file=" + into);
    return Files.readAllLines(into);
  }

  private void command(String options) throws IOException, InterruptedException {
    Path jcmd = JdkHomes.current().home().resolve("bin").resolve("jcmd");
    // In quotes of its own, or jcmd takes what is before the first "=" for the name of an option.
    String quoted = '"' + options + '"';
    Process running =
        new ProcessBuilder(jcmd.toString(), process, "JVMTI.agent_load", library.toString(), quoted)
            .redirectErrorStream(true)
            .start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (running.waitFor() != 0 || !said.contains("return code: 0")) {
      throw new IOException("the profiler does not run: " + said);
    }
  }

  @Override
  public void close() throws IOException {
    jvm.close();
  }
}
