package io.heagent.bench.connect;

import io.heagent.bench.measured.ConnectBatches.Way;
import io.heagent.bench.turns.Backlog;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Shows where the time of a connect to the first of several addresses goes, which is good, and that
 * of a connect which the agent leaves alone, without and with the agent in turn. Each JVM is
 * sampled by its processor time, so that another process on the machine takes nothing away from
 * what is seen here.
 */
public final class TimeProfile {
  private static final String GOOD = "127.0.0.7";

  /** A connect to it is raced. */
  private static final String HOST = "good.test";

  /** A connect to it is left alone, because it has one address. */
  private static final String ONE_ADDRESS = "one.test";

  private static final Map<String, List<String>> HOSTS =
      Map.of(HOST, List.of(GOOD, "127.0.0.8"), ONE_ADDRESS, List.of(GOOD));

  private static final int CONNECTS = 1_000;
  private static final int BATCHES = 240;

  /** Made before, so that what is sampled is compiled. */
  private static final int WARM_UPS = 80;

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String WITHIN = "io/heagent/bench/measured/ConnectBatches.micros";

  private TimeProfile() {}

  /** Prints a table for each way to connect; one line if this machine has no such profiler. */
  public static void print(Path agent) throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("profile")) {
      Path library = directory.path().resolve("libasyncProfiler.so");
      if (!write(library)) {
        System.out.println("The time of a connect is not profiled: no profiler for this machine.");
        return;
      }
      for (Way way : Way.values()) {
        print(way.to(HOST), agent, library, directory.path());
      }
      for (Way way : List.of(Way.SOCKET, Way.SELECTOR)) {
        print(way.to(ONE_ADDRESS), agent, library, directory.path());
      }
    }
  }

  private static boolean write(Path library) throws IOException {
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    String name = "/linux-" + machine + "/libasyncProfiler.so";
    try (InputStream in = TimeProfile.class.getResourceAsStream(name)) {
      if (in == null || !System.getProperty("os.name").equals("Linux")) {
        return false;
      }
      Files.copy(in, library);
      return true;
    }
  }

  private static void print(String kind, Path agent, Path library, Path directory)
      throws IOException, InterruptedException {
    try (Backlog server = new Backlog(GOOD, 0);
        HostsFile hosts = HostsFile.of(HOSTS)) {
      List<String> arguments = List.of(server.port(), kind);
      Supplier<ForkedJvm> jvm =
          () ->
              ForkedJvm.onThisJdk()
                  .limit(LIMIT)
                  .flags(hosts.flag(), "-XX:+EnableDynamicAgentLoading")
                  .flags("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");
      try (SampledJvm without = new SampledJvm(jvm.get(), library, arguments);
          SampledJvm with = new SampledJvm(jvm.get().agent(agent, ""), library, arguments)) {
        List<SampledJvm> both = List.of(without, with);
        inTurn(both, server, WARM_UPS);
        for (SampledJvm one : both) {
          one.begin();
        }
        inTurn(both, server, BATCHES);
        print(
            kind,
            new Stacks(without.end(directory.resolve("without")), WITHIN).samples(),
            new Stacks(with.end(directory.resolve("with")), WITHIN).samples());
      }
    }
  }

  private static void inTurn(List<SampledJvm> jvms, Backlog server, int batches)
      throws IOException, InterruptedException {
    for (int i = 0; i < batches; i++) {
      for (SampledJvm jvm : jvms) {
        jvm.connect(CONNECTS);
        server.drain();
      }
    }
  }

  private static void print(String kind, Map<String, Long> without, Map<String, Long> with) {
    double whole = sum(without) / 100.0;
    System.out.printf("Processor time of a connect, %s, without the agent 100:%n", kind);
    System.out.printf("%8s %8s%n", "without", "with");
    List<String> all = new ArrayList<>(with.keySet());
    all.sort(Comparator.comparing(with::get).reversed());
    for (String doing : all) {
      line(without.getOrDefault(doing, 0L) / whole, with.get(doing) / whole, doing);
    }
    line(
        sum(without) / whole, sum(with) / whole, "together, of %d samples".formatted(sum(without)));
  }

  private static long sum(Map<String, Long> samples) {
    return samples.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void line(double without, double with, String doing) {
    System.out.printf("%8.1f %8.1f  %s%n", without, with, doing);
  }
}
