package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.RefusedLoop;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. What the agent costs a program that connects
 * again and again, without a pause, to where nobody listens (the shape of OpenJDK's test OpenLeak).
 * Without and with the agent in turn, each in a JVM of its own.
 */
public final class RefusedBench {

  private static final int CONNECTS = 20_000;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String FIRST = "127.0.0.10";
  private static final String SECOND = "127.0.0.11";

  private RefusedBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    int port = FreePort.on(LOOPBACK, FIRST, SECOND);
    System.out.printf(
        "%s, %d rounds of %d connects in turn, microseconds a refused connect%n",
        JdkHomes.current(), rounds, CONNECTS);
    System.out.printf(
        "%-22s %22s %22s %8s%n", "", "without (min..max)", "with (min..max)", "ratio");
    Results results = new Results(Figure.REFUSED, rounds);
    try (HostsFile hosts =
        HostsFile.of(
            Map.of("localhost", List.of(LOOPBACK, SECOND), "two.test", List.of(FIRST, SECOND)))) {
      for (String host : List.of("loopback", "two.test")) {
        Samples[] without = {new Samples(), new Samples()};
        Samples[] with = {new Samples(), new Samples()};
        for (int i = 0; i < rounds; i++) {
          run(List.of(hosts.flag()), host, port, without);
          run(List.of(hosts.flag(), agent), host, port, with);
        }
        print(results, host + " channel", without[0], with[0]);
        print(results, host + " socket", without[1], with[1]);
      }
    }
    results.save();
  }

  private static void print(Results results, String label, Samples without, Samples with)
      throws IOException {
    results.add(label, "without", without);
    results.add(label, "with", with);
    System.out.printf(
        "%-22s %22s %22s %8.2f%n",
        label, without.range(), with.range(), with.median() / without.median());
  }

  private static void run(List<String> flags, String host, int port, Samples[] into)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .flags(flags)
            .run(RefusedLoop.class, host, Integer.toString(port), Integer.toString(CONNECTS));
    String[] times = outcome.stdout().strip().split(" ", -1);
    if (times.length != 2) {
      throw new IOException("the loop did not run: " + outcome);
    }
    into[0].add(Double.parseDouble(times[0]));
    into[1].add(Double.parseDouble(times[1]));
  }
}
