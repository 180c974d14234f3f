package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.it.costs.SystemCalls;
import io.heagent.it.startup.FastPathProbe;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. How many system calls a connect, a read and a
 * close are, without and with the agent, to a name with two addresses whose first one is good.
 */
public final class CallsBench {
  private static final int CONNECTS = 50;
  private static final String GOOD = "127.0.0.7";

  private static final Map<FastPathProbe.Way, String> LABELS =
      Map.of(
          FastPathProbe.Way.SOCKET, "socket without a timeout",
          FastPathProbe.Way.SOCKET_TIMED, "socket with a timeout",
          FastPathProbe.Way.CHANNEL, "blocking channel",
          FastPathProbe.Way.ADAPTOR, "its socket with a timeout");

  private CallsBench() {}

  public static void main(String[] args) throws Exception {
    if (!Strace.canTrace()) {
      System.out.println("strace is missing or may not trace here: system calls are not counted");
      return;
    }
    int rounds = Integer.parseInt(args[1]);
    Results results = new Results(Figure.CALLS, rounds);
    System.out.printf("%s, %d rounds in turn, system calls%n", JdkHomes.current(), rounds);
    int port = FreePort.on(GOOD);
    try (TalkServer server = TalkServer.plain(GOOD, port);
        HostsFile hosts = HostsFile.of("good.test", GOOD, "127.0.0.8")) {
      FastPathProbe.Way[] ways = FastPathProbe.Way.values();
      Samples[][] samples = new Samples[ways.length][];
      for (int way = 0; way < ways.length; way++) {
        samples[way] = new Samples[] {new Samples(), new Samples()};
      }
      for (int i = 0; i < rounds; i++) {
        for (int with = 0; with < 2; with++) {
          ForkedJvm jvm = ForkedJvm.onThisJdk().flags(hosts.flag());
          if (with == 1) {
            jvm.agent(Path.of(args[0]), "delay=2s");
          }
          Map<String, Integer> counts =
              SystemCalls.count(
                  jvm, SystemCalls.ALL, "good.test", Integer.toString(port), CONNECTS);
          for (int way = 0; way < ways.length; way++) {
            samples[way][with].add((double) SystemCalls.sum(counts, ways[way]) / CONNECTS);
          }
        }
      }
      for (int way = 0; way < ways.length; way++) {
        String row = LABELS.get(ways[way]);
        System.out.printf(
            "%-26s %22s %22s%n", row, samples[way][0].range(), samples[way][1].range());
        results.add(row, "without", samples[way][0]);
        results.add(row, "with", samples[way][1]);
      }
      System.out.println(server.accepted() + " connections accepted");
    }
    results.save();
  }
}
