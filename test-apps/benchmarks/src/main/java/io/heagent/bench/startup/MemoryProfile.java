package io.heagent.bench.startup;

import io.heagent.bench.Acceptor;
import io.heagent.bench.Samples;
import io.heagent.bench.measured.EmptyAgent;
import io.heagent.bench.measured.Resident;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows what of a JVM's memory is the agent's: by the JVM's own kinds (Native Memory Tracking), the
 * bytes of the heap, and the classes, each over those of an agent that does nothing.
 */
final class MemoryProfile {

  private static final Pattern KIND =
      Pattern.compile("^-\\s+(\\S[\\w &]*?) \\(reserved=\\d+(?:KB)?, committed=(\\d+)(KB)?\\)");

  /** The heap in use at the end; no collection has run, so these are all bytes allocated. */
  private static final Pattern HEAP = Pattern.compile("heap +total[^\\[]*used (\\d+)K");

  private static final String CLASS = "source: ";

  /** Smaller differences are not shown, in KB. */
  private static final int LEAST = 10;

  private MemoryProfile() {}

  static void print(Path agent, int rounds) throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("profile");
        Acceptor acceptor = new Acceptor()) {
      Path program =
          OneClassJar.write(directory.path().resolve("resident.jar"), Resident.class, "Main-Class");
      Path empty =
          OneClassJar.write(
              directory.path().resolve("empty.jar"), EmptyAgent.class, "Premain-Class");
      for (String port : List.of("0", acceptor.port())) {
        Map<String, Samples> without = new TreeMap<>();
        Map<String, Samples> with = new TreeMap<>();
        for (int i = 0; i < rounds; i++) {
          add(without, program, empty, port);
          add(with, program, agent, port);
        }
        String what = port.equals("0") ? "no socket" : "one socket";
        System.out.printf("Memory of a start, %s, medians of %d rounds:%n", what, rounds);
        for (Map.Entry<String, Samples> one : with.entrySet()) {
          double most = one.getValue().median();
          double least = without.getOrDefault(one.getKey(), one.getValue()).median();
          if (Math.abs(most - least) < LEAST) {
            continue;
          }
          System.out.printf(
              "%+8.0f  %-34s %8.0f -> %.0f%n", most - least, one.getKey(), least, most);
        }
      }
    }
  }

  private static void add(Map<String, Samples> all, Path program, Path agent, String port)
      throws IOException, InterruptedException {
    List<String> tracking =
        List.of(
            "-XX:NativeMemoryTracking=summary",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+PrintNMTStatistics");
    for (String line : lines(tracking, program, agent, port)) {
      Matcher kind = KIND.matcher(line);
      if (kind.find()) {
        double kilobytes = Double.parseDouble(kind.group(2)) / (kind.group(3) == null ? 1024 : 1);
        all.computeIfAbsent(kind.group(1) + ", KB committed", unused -> new Samples())
            .add(kilobytes);
      }
    }
    int classes = 0;
    // Without thread-local buffers, of which each thread leaves a part unused.
    List<String> heap = List.of("-XX:-UseTLAB", "-Xlog:gc*,class+load");
    for (String line : lines(heap, program, agent, port)) {
      Matcher used = HEAP.matcher(line);
      if (used.find()) {
        all.computeIfAbsent("Java heap, KB allocated", unused -> new Samples())
            .add(Double.parseDouble(used.group(1)));
      }
      classes += line.contains(CLASS) ? 1 : 0;
    }
    all.computeIfAbsent("classes loaded", unused -> new Samples()).add(classes);
  }

  private static List<String> lines(List<String> flags, Path program, Path agent, String port)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .flags("-XX:+UseG1GC")
            .flags(flags)
            .classPath(program.toString())
            .agent(agent, "")
            .run(Resident.class, port);
    if (outcome.exitCode() != 0) {
      throw new IOException("did not run: " + outcome);
    }
    return outcome.stdout().lines().toList();
  }
}
