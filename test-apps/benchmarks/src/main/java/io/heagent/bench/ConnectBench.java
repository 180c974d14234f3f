package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.ConnectLoop;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * Arguments: the agent's jar, and how many rounds. What the agent costs a connect on loopback to a
 * name with two addresses whose first one is good: the case that must cost nothing, at its
 * shortest. Without and with the agent in turn, each in a JVM of its own.
 */
public final class ConnectBench {

  private static final int CONNECTS = 20_000;
  private static final String GOOD = "127.0.0.7";

  private ConnectBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Samples[] without = {new Samples(), new Samples()};
    Samples[] with = {new Samples(), new Samples()};
    try (ServerSocket server = new ServerSocket();
        HostsFile hosts = HostsFile.of("good.test", GOOD, "127.0.0.8")) {
      server.bind(new InetSocketAddress(GOOD, 0), 4096);
      Thread acceptor = new Thread(() -> accept(server));
      acceptor.setDaemon(true);
      acceptor.start();
      int port = server.getLocalPort();
      for (int i = 0; i < rounds; i++) {
        run(List.of(hosts.flag()), "good.test", port, CONNECTS, without);
        run(List.of(hosts.flag(), agent), "good.test", port, CONNECTS, with);
      }
    }
    System.out.printf(
        "%s, %d rounds of %d connects in turn, microseconds a connect%n",
        JdkHomes.current(), rounds, CONNECTS);
    System.out.printf(
        "%-14s %22s %22s %8s%n", "", "without (min..max)", "with (min..max)", "ratio");
    Results results = new Results(Figure.CONNECT, rounds);
    print(results, "blocking", without[0], with[0]);
    print(results, "non-blocking", without[1], with[1]);
    results.save();
  }

  static void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException reset) {
        // The client has reset the connection already, or the server is closed: the loop looks.
      }
    }
  }

  /** One JVM that connects that often to this name, first blocking, then non-blocking. */
  static void run(List<String> flags, String host, int port, int connects, Samples[] into)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .flags(flags)
            .run(ConnectLoop.class, host, Integer.toString(port), Integer.toString(connects));
    String[] times = outcome.stdout().strip().split(" ", -1);
    if (times.length != 2) {
      throw new IOException("the loop did not run: " + outcome);
    }
    into[0].add(Double.parseDouble(times[0]));
    into[1].add(Double.parseDouble(times[1]));
  }

  private static void print(Results results, String label, Samples without, Samples with)
      throws IOException {
    results.add(label, "without", without);
    results.add(label, "with", with);
    System.out.printf(
        "%-14s %22s %22s %8.2f%n",
        label, range(without), range(with), with.median() / without.median());
  }

  static String range(Samples samples) {
    return samples.range();
  }
}
