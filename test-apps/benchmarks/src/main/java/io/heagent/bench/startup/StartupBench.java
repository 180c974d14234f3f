package io.heagent.bench.startup;

import io.heagent.bench.Acceptor;
import io.heagent.bench.Results;
import io.heagent.bench.Samples;
import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.EmptyAgent;
import io.heagent.bench.measured.OneSocket;
import io.heagent.testkit.jvm.Hello;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Arguments: the agent's jar, and how many rounds. Measures JVM start-up, from fork to exit, of a
 * program that prints one word, and of one that opens a socket before: plain, with an agent that
 * does nothing, with ours. Ends with 0 only if the agent also runs, without a word on stderr, with
 * class-data sharing enforced and with every class verified.
 */
public final class StartupBench {
  private static final int WARM_UP_ROUNDS = 2;

  private StartupBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    boolean clean = true;
    Results results = new Results(Figure.STARTUP, rounds);
    try (TempDirectory directory = TempDirectory.create("bench");
        Acceptor acceptor = new Acceptor()) {
      // On a busy machine all rows grow, ours most, as it has the most to do.
      System.out.printf(
          "%s, %d rounds in turn, milliseconds; load average %.1f on %d processors%n",
          JdkHomes.current(),
          rounds,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          Runtime.getRuntime().availableProcessors());
      for (Class<?> program : List.of(Hello.class, OneSocket.class)) {
        List<Variant> variants = variants(directory.path(), agent, program, acceptor.port());
        measure(variants, rounds);
        System.out.println(program.getSimpleName());
        print(variants);
        String row = program == Hello.class ? "no socket" : "one socket";
        for (Variant variant : variants) {
          results.add(row, variant.label(), variant.millis());
        }
        clean &= check(variants.get(variants.size() - 1));
      }
    }
    results.save();
    System.exit(clean ? 0 : 1);
  }

  private static List<Variant> variants(Path directory, Path agent, Class<?> main, String port)
      throws IOException {
    Path program =
        OneClassJar.write(directory.resolve(main.getSimpleName() + ".jar"), main, "Main-Class");
    Path empty =
        OneClassJar.write(directory.resolve("empty.jar"), EmptyAgent.class, "Premain-Class");
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant("plain", program, main, port, List.of()));
    variants.add(new Variant("empty agent", program, main, port, List.of("-javaagent:" + empty)));
    if (Files.isReadable(agent)) {
      variants.add(new Variant("he-agent", program, main, port, List.of("-javaagent:" + agent)));
    } else {
      System.out.println("The agent is not built: " + agent + " is missing.");
    }
    return variants;
  }

  // In turn and with the order moving on, so that a busy minute of the machine hits all alike.
  private static void measure(List<Variant> variants, int rounds)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      for (Variant variant : variants) {
        variant.run();
      }
    }
    List<Variant> order = new ArrayList<>(variants);
    for (int i = 0; i < rounds; i++) {
      for (Variant variant : order) {
        variant.measure();
      }
      Collections.rotate(order, 1);
    }
  }

  private static void print(List<Variant> variants) throws IOException, InterruptedException {
    double empty = variants.get(1).millis().median();
    System.out.printf(
        "%-12s %8s %8s %8s %12s %8s %9s%n",
        "", "median", "min", "max", "over empty", "ratio", "classes");
    for (Variant variant : variants) {
      Samples millis = variant.millis();
      System.out.printf(
          "%-12s %8.1f %8.1f %8.1f %+12.1f %8.2f %9d%n",
          variant.label(),
          millis.median(),
          millis.min(),
          millis.max(),
          millis.median() - empty,
          millis.median() / empty,
          variant.classes());
    }
  }

  private static boolean check(Variant variant) throws IOException, InterruptedException {
    boolean clean = true;
    for (String flag : List.of("-Xshare:on", "-Xverify:all")) {
      String complaint = variant.complaint(flag);
      System.out.printf(
          "%s, %s: %s%n",
          variant.label(), flag, complaint.isEmpty() ? "runs, stderr empty" : complaint);
      clean &= complaint.isEmpty();
    }
    return clean;
  }
}
