package io.heagent.bench.startup;

import io.heagent.bench.Samples;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One way to start the small program, and what was measured of it. */
record Variant(
    String label, Path program, Class<?> main, String port, List<String> flags, Samples millis) {
  private static final String OUTPUT = "hello";

  Variant(String label, Path program, Class<?> main, String port, List<String> flags) {
    this(label, program, main, port, flags, new Samples());
  }

  /** Runs it once with further flags. */
  ForkedJvm.Outcome run(String... more) throws IOException, InterruptedException {
    return ForkedJvm.onThisJdk()
        .classPath(program.toString())
        .flags(flags)
        .flags(more)
        .run(main, port);
  }

  void measure() throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome = run();
    if (!outcome.stdout().equals(OUTPUT)) {
      throw new IOException(label + " did not run: " + outcome);
    }
    millis.add(outcome.seconds() * 1_000);
  }

  /** How many classes the JVM loads, from the shared archive or not. */
  long classes() throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("classes")) {
      Path log = directory.path().resolve("log");
      run("-Xlog:class+load:file=" + log);
      try (Stream<String> lines = Files.lines(log)) {
        return lines.filter(line -> line.contains(" source: ")).count();
      }
    }
  }

  /** What is wrong with a run with this flag: empty if it says what it should and nothing else. */
  String complaint(String flag) throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome = run(flag);
    boolean clean = outcome.exitCode() == 0 && outcome.stdout().equals(OUTPUT);
    return clean ? outcome.stderr().strip() : outcome.toString();
  }
}
