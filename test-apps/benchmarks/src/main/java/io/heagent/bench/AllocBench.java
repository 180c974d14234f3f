package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.it.startup.AllocationProbe;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. How many bytes the thread that connects
 * allocates for a connect and close of a socket, without and with the agent, in JVMs that
 * interpret: what the compilers may save differs from run to run.
 */
public final class AllocBench {
  private static final String GOOD = "127.0.0.7";
  private static final String CONNECTS = "200";

  private AllocBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Results results = new Results(Figure.ALLOC, rounds);
    System.out.printf("%s, %d rounds in turn, bytes a connect%n", JdkHomes.current(), rounds);
    System.out.printf("%-26s %26s %26s %8s%n", "", "without (min..max)", "with (min..max)", "ours");
    try (Acceptor server = new Acceptor(GOOD);
        HostsFile hosts =
            HostsFile.of(
                Map.of("single.test", List.of(GOOD), "good.test", List.of(GOOD, "127.0.0.8")))) {
      String[][] cases = {
        {"literal", GOOD, ""},
        {"one address", "single.test", ""},
        {"excluded host", "good.test", "=except=good.test"},
        {"several with the first good", "good.test", "=delay=2s"}
      };
      for (String[] one : cases) {
        Samples without = new Samples();
        Samples with = new Samples();
        for (int i = 0; i < rounds; i++) {
          without.add(bytes(List.of(hosts.flag()), one[1], server.port()));
          with.add(bytes(List.of(hosts.flag(), agent + one[2]), one[1], server.port()));
        }
        System.out.printf(
            "%-26s %26s %26s %8.0f%n",
            one[0], without.range(), with.range(), with.median() - without.median());
        results.add(one[0], "without", without);
        results.add(one[0], "with", with);
      }
    }
    results.save();
  }

  private static double bytes(List<String> flags, String host, String port)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .flags("-Xint")
            .flags(flags)
            .run(AllocationProbe.class, host, port, CONNECTS);
    if (outcome.exitCode() != 0) {
      throw new IOException("did not run: " + outcome);
    }
    return Double.parseDouble(outcome.stdout().strip());
  }
}
