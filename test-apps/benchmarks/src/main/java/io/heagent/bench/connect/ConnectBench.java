package io.heagent.bench.connect;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.ConnectBatches.Way;
import io.heagent.bench.turns.Backlog;
import io.heagent.bench.turns.Row;
import io.heagent.bench.turns.Row.Lane;
import io.heagent.bench.turns.Turns;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Arguments: the agent's jar, and how many rounds. What the agent costs a connect on loopback to a
 * name with two addresses whose first one is good: the case that must cost nothing, at its
 * shortest.
 */
public final class ConnectBench {
  private static final String GOOD = "127.0.0.7";
  private static final String HOST = "good.test";
  private static final int WARM_UPS = 30;
  private static final int BATCHES = 40;
  private static final int CONNECTS = 500;

  private ConnectBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    try (Backlog server = new Backlog(GOOD, 0);
        HostsFile hosts = HostsFile.of(HOST, GOOD, "127.0.0.8")) {
      Turns turns =
          new Turns(
              List.of(
                  () -> ForkedJvm.onThisJdk().flags(hosts.flag()),
                  () -> ForkedJvm.onThisJdk().flags(hosts.flag()).agent(agent, "")),
              List.of(
                  row("blocking", Way.SOCKET),
                  row("blocking without a timeout", Way.SOCKET_UNTIMED),
                  row("non-blocking", Way.SELECTOR)),
              server,
              WARM_UPS,
              BATCHES,
              CONNECTS);
      turns.run(Figure.CONNECT, rounds);
    }
  }

  private static Row row(String label, Way way) {
    return new Row(label, way, List.of(new Lane("without", 0, HOST), new Lane("with", 1, HOST)));
  }
}
