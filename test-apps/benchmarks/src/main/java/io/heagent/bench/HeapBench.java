package io.heagent.bench;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.PendingConnects;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. How much of the heap each of thousands of
 * connects keeps that are under way at once with one selector, without and with the agent: before
 * the Connection Attempt Delay, while each dials one address, and after it, while each dials two.
 */
public final class HeapBench {
  private static final int CONNECTS = 5_000;
  private static final String DEAD = "127.9.1.1";
  private static final String DEAD_TOO = "127.9.1.2";

  /** A row, the delay, and when the connects are looked at, in milliseconds. */
  private record Moment(String row, int delay, int look) {
    boolean isOver(double took) {
      return look < delay && took > delay;
    }
  }

  private static final List<Moment> MOMENTS =
      List.of(
          new Moment("5000 races with one dial each", 2_000, 0),
          new Moment("5000 races with two dials each", 100, 1_500));

  private HeapBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Results results = new Results(Figure.HEAP, rounds);
    int port = FreePort.on(DEAD, DEAD_TOO);
    System.out.printf("%s, %d rounds in turn, bytes of the heap%n", JdkHomes.current(), rounds);
    System.out.printf("%-32s %26s %26s %8s%n", "", "without (min..max)", "with (min..max)", "ours");
    try (BlackHole dead = BlackHole.on(DEAD, port);
        BlackHole deadToo = BlackHole.on(DEAD_TOO, dead.port());
        HostsFile hosts = HostsFile.of(Map.of("dead.test", List.of(DEAD, DEAD_TOO)))) {
      for (Moment moment : MOMENTS) {
        Samples without = new Samples();
        Samples with = new Samples();
        for (int i = 0; i < rounds; i++) {
          without.add(bytes(jvm(hosts), moment, deadToo.port()));
          ForkedJvm ours = jvm(hosts).agent(agent, "history=off,delay=" + moment.delay + "ms");
          with.add(bytes(ours, moment, deadToo.port()));
        }
        System.out.printf(
            "%-32s %26s %26s %8.0f%n",
            moment.row, without.range(), with.range(), with.median() - without.median());
        results.add(moment.row, "without", without);
        results.add(moment.row, "with", with);
      }
    }
    results.save();
  }

  /** Nothing counts as used that a thread has only taken to allocate in. */
  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk().flags("-XX:+UseSerialGC", "-XX:-UseTLAB", hosts.flag());
  }

  private static double bytes(ForkedJvm jvm, Moment moment, int port)
      throws IOException, InterruptedException {
    ForkedJvm.Outcome outcome =
        jvm.run(
            PendingConnects.class,
            "dead.test",
            Integer.toString(port),
            Integer.toString(CONNECTS),
            Integer.toString(moment.look));
    String[] said = outcome.stdout().strip().split(" ", -1);
    if (outcome.exitCode() != 0 || said.length != 2) {
      throw new IOException("did not run: " + outcome);
    }
    if (moment.isOver(Double.parseDouble(said[1]))) {
      throw new IOException("this machine is too slow: the second dials have begun: " + outcome);
    }
    return Double.parseDouble(said[0]);
  }
}
