package io.heagent.bench.netty;

import io.heagent.bench.Results;
import io.heagent.bench.Samples;
import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.EpollRequests;
import io.heagent.bench.turns.BatchJvm;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.HostsFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, how many rounds, the directory of the Nettys that the tests of
 * agent-it run with. What the agent costs a request on Netty's epoll transport to a name with two
 * addresses whose first one is good, over one connection and over a new one each: without the
 * agent, with it and {@code native=off}, which weaves nothing into Netty, and with it as by
 * default. In each round each of them has a JVM of its own. All have compiled their code when they
 * are measured, batch by batch in turn.
 */
public final class NettyBench {

  private static final int WARM_UPS = 6;
  private static final int BATCHES = 5;
  private static final String HOST = "good.test";
  private static final String GOOD = "127.0.0.7";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** What is measured. */
  private enum Kind {
    ONE_CONNECTION("one connection", 25_000, 1),
    A_CONNECTION_EACH("a connection each", 8_000, 8_000);

    private final String label;
    private final int requests;
    private final int connections;

    Kind(String label, int requests, int connections) {
      this.label = label;
      this.requests = requests;
      this.connections = connections;
    }
  }

  /** How. */
  private enum Agent {
    WITHOUT,
    OFF,
    RACE
  }

  private final Path jar;
  private final Path netty;
  private final Map<Kind, Map<Agent, Samples>> micros = new EnumMap<>(Kind.class);

  private NettyBench(Path jar, Path netty) {
    this.jar = jar;
    this.netty = netty;
    for (Kind kind : Kind.values()) {
      Map<Agent, Samples> samples = new EnumMap<>(Agent.class);
      for (Agent agent : Agent.values()) {
        samples.put(agent, new Samples());
      }
      micros.put(kind, samples);
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    System.out.printf(
        "%s, %d rounds of %d batches in turn, microseconds of CPU a request: median (min..max)%n",
        JdkHomes.current(), rounds, BATCHES);
    System.out.printf(
        "%-28s %20s %20s %20s %12s %12s%n",
        "", "without", "native=off", "native=race", "race/off", "race/without");
    Results results = new Results(Figure.NETTY, rounds);
    try (EchoServer server = new EchoServer(GOOD);
        HostsFile hosts = HostsFile.of(HOST, GOOD, "127.0.0.8")) {
      for (String netty : List.of("netty41", "netty42")) {
        NettyBench bench = new NettyBench(Path.of(args[0]), Path.of(args[2], netty));
        for (int i = 0; i < rounds; i++) {
          bench.round(hosts.flag(), server.port());
        }
        bench.print();
        bench.report(results);
      }
    }
    results.save();
  }

  private void round(String hosts, String port) throws IOException, InterruptedException {
    Map<Agent, BatchJvm> jvms = new EnumMap<>(Agent.class);
    try {
      for (Agent agent : Agent.values()) {
        jvms.put(
            agent, new BatchJvm(jvm(agent).flags(hosts), EpollRequests.class, List.of(HOST, port)));
      }
      for (Kind kind : Kind.values()) {
        for (int i = -WARM_UPS; i < BATCHES; i++) {
          for (Agent agent : Agent.values()) {
            double each = jvms.get(agent).micros(kind.requests, kind.connections);
            if (i >= 0) {
              micros.get(kind).get(agent).add(each);
            }
          }
        }
      }
    } finally {
      for (BatchJvm jvm : jvms.values()) {
        jvm.close();
      }
    }
  }

  private ForkedJvm jvm(Agent agent) {
    String classes = System.getProperty("java.class.path");
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .classPath(String.join(File.pathSeparator, classes, netty.resolve("*").toString()))
            .flags(quiet())
            .limit(LIMIT);
    return switch (agent) {
      case WITHOUT -> jvm;
      case OFF -> jvm.agent(jar, "native=off");
      case RACE -> jvm.agent(jar, "native=race");
    };
  }

  /** Newer JDKs warn of what Netty does. */
  private static List<String> quiet() {
    return Runtime.version().feature() < 24
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  private void print() {
    micros.forEach(
        (kind, samples) -> {
          double race = samples.get(Agent.RACE).median();
          List<String> cells = new ArrayList<>();
          for (Agent agent : Agent.values()) {
            cells.add(samples.get(agent).range());
          }
          System.out.printf(
              "%-28s %20s %20s %20s %12.3f %12.3f%n",
              netty.getFileName() + ", " + kind.label,
              cells.get(0),
              cells.get(1),
              cells.get(2),
              race / samples.get(Agent.OFF).median(),
              race / samples.get(Agent.WITHOUT).median());
        });
  }

  private void report(Results results) throws IOException {
    for (Kind kind : Kind.values()) {
      String row = netty.getFileName() + " " + kind.label;
      Map<Agent, Samples> samples = micros.get(kind);
      results.add(row, "without", samples.get(Agent.WITHOUT));
      results.add(row, "native=off", samples.get(Agent.OFF));
      results.add(row, "native=race", samples.get(Agent.RACE));
    }
  }
}
