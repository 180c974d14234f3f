package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. What a connect to a name with a dead first
 * address costs once that is known, on loopback, where nothing hides it: against a connect to the
 * good address without the agent, and against one with the agent to a name whose first address is
 * good. In turn, each in a JVM of its own; the connects that pay the delay are warm-up.
 */
public final class HistoryBench {

  /** Few enough to be over while no connect ignores history: 10 s after the first failure. */
  private static final int CONNECTS = 10_000;

  private static final String GOOD = "127.0.0.7";
  private static final String DEAD = "127.0.0.9";

  private HistoryBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Samples[] without = {new Samples(), new Samples()};
    Samples[] goodFirst = {new Samples(), new Samples()};
    Samples[] deadFirst = {new Samples(), new Samples()};
    try (ServerSocket server = new ServerSocket();
        HostsFile hosts =
            HostsFile.of(
                Map.of(
                    "good.test", List.of(GOOD, "127.0.0.8"), "dead.test", List.of(DEAD, GOOD)))) {
      server.bind(new InetSocketAddress(GOOD, 0), 4096);
      Thread acceptor = new Thread(() -> ConnectBench.accept(server));
      acceptor.setDaemon(true);
      acceptor.start();
      int port = server.getLocalPort();
      BlackHole dead = BlackHole.on(DEAD, port);
      for (int i = 0; i < rounds; i++) {
        ConnectBench.run(List.of(hosts.flag()), "good.test", port, CONNECTS, without);
        ConnectBench.run(List.of(hosts.flag(), agent), "good.test", port, CONNECTS, goodFirst);
        ConnectBench.run(List.of(hosts.flag(), agent), "dead.test", port, CONNECTS, deadFirst);
      }
      dead.close();
    }
    System.out.printf(
        "%s, %d rounds of %d connects in turn, microseconds a connect%n",
        JdkHomes.current(), rounds, CONNECTS);
    System.out.printf(
        "%-14s %22s %22s %22s %s%n",
        "", "without, good first", "with, good first", "with, dead first", "ratios of the last");
    Results results = new Results(Figure.HISTORY, rounds);
    print(results, "blocking", without[0], goodFirst[0], deadFirst[0]);
    print(results, "non-blocking", without[1], goodFirst[1], deadFirst[1]);
    results.save();
  }

  private static void print(
      Results results, String label, Samples without, Samples goodFirst, Samples deadFirst)
      throws IOException {
    results.add(label, "good first without", without);
    results.add(label, "good first with", goodFirst);
    results.add(label, "dead first with", deadFirst);
    System.out.printf(
        "%-14s %22s %22s %22s %.2f %.2f%n",
        label,
        ConnectBench.range(without),
        ConnectBench.range(goodFirst),
        ConnectBench.range(deadFirst),
        deadFirst.median() / without.median(),
        deadFirst.median() / goodFirst.median());
  }
}
