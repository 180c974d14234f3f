package io.heagent.bench.startup;

import io.heagent.bench.Acceptor;
import io.heagent.bench.Results;
import io.heagent.bench.Samples;
import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.EmptyAgent;
import io.heagent.bench.measured.Resident;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Arguments: the agent's jar, and how many rounds. How much of a JVM is in memory at the end of a
 * program that opens no socket, and of one that opens one: with an agent that does nothing, and
 * with ours, in turn.
 */
public final class MemoryBench {
  private static final double KILOBYTES_PER_MEGABYTE = 1024;

  private MemoryBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Results results = new Results(Figure.MEMORY, rounds);
    System.out.printf("%s, %d rounds in turn, MB resident%n", JdkHomes.current(), rounds);
    System.out.printf(
        "%-12s %24s %24s %12s%n",
        "", "empty agent (min..max)", "he-agent (min..max)", "over empty");
    try (TempDirectory directory = TempDirectory.create("bench");
        Acceptor acceptor = new Acceptor()) {
      Path program =
          OneClassJar.write(directory.path().resolve("resident.jar"), Resident.class, "Main-Class");
      Path empty =
          OneClassJar.write(
              directory.path().resolve("empty.jar"), EmptyAgent.class, "Premain-Class");
      for (String port : List.of("0", acceptor.port())) {
        Samples without = new Samples();
        Samples with = new Samples();
        for (int i = 0; i < rounds; i++) {
          without.add(megabytes(program, empty, port));
          with.add(megabytes(program, agent, port));
        }
        String row = port.equals("0") ? "no socket" : "one socket";
        System.out.printf(
            "%-12s %24s %24s %+12.1f%n",
            row, without.range(), with.range(), with.median() - without.median());
        results.add(row, "empty agent", without);
        results.add(row, "he-agent", with);
      }
    }
    results.save();
  }

  private static double megabytes(Path program, Path agent, String port)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .classPath(program.toString())
            .agent(agent, "")
            .run(Resident.class, port);
    if (outcome.exitCode() != 0 || !outcome.stderr().isEmpty()) {
      throw new IOException("did not run: " + outcome);
    }
    return Double.parseDouble(outcome.stdout()) / KILOBYTES_PER_MEGABYTE;
  }
}
