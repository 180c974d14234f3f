package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.crowd.ManyRacesProbe;
import io.heagent.it.crowd.VirtualProbe;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.Crowd;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. Thousands of connects at once to a name whose
 * first address is dead: how much longer than the Connection Attempt Delay they take, beside what
 * as many take at the same time to a good address. The races need that time too, for the dial that
 * wins and for the one that does not, so on a slow machine large crowds cannot do with less.
 */
public final class CrowdBench {

  private static final int DELAY_MILLIS = 2_000;

  /** In each JVM, of which the best counts: the first ones are busy with compiling. */
  private static final int TIMES = 8;

  private CrowdBench() {}

  public static void main(String[] args) throws Exception {
    String agent = "-javaagent:" + Path.of(args[0]);
    String all = agent + "=history=off";
    int rounds = Integer.parseInt(args[1]);
    String name = ChannelScenario.DEAD_FIRST.host();
    Results results = new Results(Figure.CROWD, rounds);
    int free = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, free);
        Crowd crowd = new Crowd(Hosts.GOOD, free);
        HostsFile plain = HostsFile.of(name, Hosts.GOOD);
        HostsFile hosts = HostsFile.of(names())) {
      String port = Integer.toString(dead.port());
      System.out.printf("%s, %d rounds in turn, milliseconds%n", JdkHomes.current(), rounds);
      System.out.printf(
          "%-36s %26s %30s%n", "at once", "without, good address", "with, dead first, past delay");
      for (int count : List.of(1_000, 5_000)) {
        channels(results, count, rounds, port, plain, hosts, all + ",delay=2s");
      }
      if (Runtime.version().feature() >= 21) {
        for (int count : List.of(2_000, 10_000)) {
          virtualThreads(results, count, rounds, port, hosts, agent, " by default");
          virtualThreads(results, count, rounds, port, hosts, all, " history=off");
        }
      }
      System.out.println(crowd.accepted() + " connections accepted");
      results.save();
    }
  }

  private static Map<String, List<String>> names() {
    Map<String, List<String>> names = new HashMap<>();
    for (ChannelScenario scenario :
        List.of(ChannelScenario.DEAD_FIRST, ChannelScenario.GOOD_FIRST)) {
      names.put(scenario.host(), scenario.addresses());
    }
    for (String name : VirtualProbe.names(TIMES)) {
      names.put(name, ChannelScenario.DEAD_FIRST.addresses());
    }
    return names;
  }

  /** The longest of all connects of one selector's thread. */
  private static void channels(
      Results results,
      int count,
      int rounds,
      String port,
      HostsFile plain,
      HostsFile hosts,
      String agent)
      throws IOException, InterruptedException {
    Samples without = new Samples();
    Samples with = new Samples();
    String[] arguments = {port, Integer.toString(count), Integer.toString(TIMES), "0"};
    for (int i = 0; i < rounds; i++) {
      without.add(channels(List.of(plain.flag()), arguments));
      with.add(channels(List.of(hosts.flag(), agent), arguments) - DELAY_MILLIS);
    }
    print(results, count + " channels", without, with);
  }

  private static double channels(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    Facts seen = run(flags, ManyRacesProbe.class, arguments).get("many");
    return Double.parseDouble(seen.get("shortest of these ms"));
  }

  /** All connects of as many threads. */
  private static void virtualThreads(
      Results results,
      int count,
      int rounds,
      String port,
      HostsFile hosts,
      String agent,
      String label)
      throws IOException, InterruptedException {
    Samples healthy = new Samples();
    Samples with = new Samples();
    for (int i = 0; i < rounds; i++) {
      Map<String, Facts> seen =
          run(
              List.of(hosts.flag(), agent),
              VirtualProbe.class,
              port,
              Integer.toString(count),
              "60000",
              Integer.toString(TIMES),
              "0");
      healthy.add(Double.parseDouble(seen.get("healthy").get("shortest of these ms")));
      with.add(Double.parseDouble(seen.get("sockets").get("shortest of these ms")) - 250);
    }
    print(results, count + " virtual threads" + label, healthy, with);
  }

  private static Map<String, Facts> run(List<String> flags, Class<?> probe, String... arguments)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .flags("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
            .flags(flags)
            .run(probe, arguments);
    if (outcome.exitCode() != 0) {
      throw new IOException("the probe did not run: " + outcome);
    }
    return Facts.parse(outcome.stdout());
  }

  private static void print(Results results, String label, Samples without, Samples with)
      throws IOException {
    results.add(label, "good address", without);
    results.add(label, "dead first past the delay", with);
    System.out.printf("%-36s %26s %30s%n", label, without.range(), with.range());
  }
}
