package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.it.channel.FirstConnect;
import io.heagent.it.channel.FirstConnect.Way;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. How long the first race of a JVM takes, whose
 * first address refuses at once or is dead, and a later one.
 */
public final class ColdBench {

  private static final String GOOD = "127.0.0.7";
  private static final String DEAD = "127.0.0.9";
  private static final String REFUSED = "127.0.0.10";

  private ColdBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]) + "=delay=100ms,history=off";
    int rounds = Integer.parseInt(args[1]);
    System.out.printf(
        "%s, %d rounds in turn, milliseconds; delay 100 ms%n", JdkHomes.current(), rounds);
    System.out.printf("%-18s %24s %24s%n", "", "first (min..max)", "third (min..max)");
    Results results = new Results(Figure.COLD, rounds);
    try (Acceptor server = new Acceptor(GOOD);
        HostsFile hosts =
            HostsFile.of(
                Map.of("refused.test", List.of(REFUSED, GOOD), "dead.test", List.of(DEAD, GOOD)))) {
      try (BlackHole dead = BlackHole.on(DEAD, Integer.parseInt(server.port()))) {
        for (String host : List.of("refused.test", "dead.test")) {
          Map<Way, Samples[]> samples = new EnumMap<>(Way.class);
          for (Way way : Way.values()) {
            samples.put(way, new Samples[] {new Samples(), new Samples()});
          }
          for (int i = 0; i < rounds; i++) {
            for (Way way : Way.values()) {
              run(List.of(hosts.flag(), agent), way, host, dead.port(), samples.get(way));
            }
          }
          print(results, host, samples);
        }
      }
    }
    results.save();
  }

  private static void print(Results results, String host, Map<Way, Samples[]> samples)
      throws IOException {
    for (Map.Entry<Way, Samples[]> entry : samples.entrySet()) {
      Samples[] ofWay = entry.getValue();
      String way = entry.getKey().name().toLowerCase(Locale.ROOT);
      String label = host.replace(".test", "") + " " + way;
      System.out.printf("%-18s %24s %24s%n", label, ofWay[0].range(), ofWay[1].range());
      results.add(label, "first", ofWay[0]);
      results.add(label, "third", ofWay[1]);
    }
  }

  private static void run(List<String> flags, Way way, String host, int port, Samples[] into)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .flags(flags)
            .run(FirstConnect.class, way.name(), host, Integer.toString(port), GOOD);
    String[] times = outcome.stdout().strip().split(" ", -1);
    if (times.length != 3) {
      throw new IOException("did not run: " + outcome);
    }
    into[0].add(Double.parseDouble(times[0]));
    into[1].add(Double.parseDouble(times[2]));
  }
}
