package io.heagent.bench.connect;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.ConnectBatches.Way;
import io.heagent.bench.turns.Backlog;
import io.heagent.bench.turns.Row;
import io.heagent.bench.turns.Row.Lane;
import io.heagent.bench.turns.Turns;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. What a connect to a name with a dead first
 * address costs once that is known, on loopback, where nothing hides it: against a connect to the
 * good address without the agent, and beside one with the agent to a name whose first address is
 * good. The connects that pay the delay are warm-up. Each 10 s one connect ignores history and pays
 * it again: in one batch of many, which the median passes over.
 */
public final class HistoryBench {
  private static final String GOOD = "127.0.0.7";
  private static final String DEAD = "127.0.0.9";
  private static final String GOOD_FIRST = "good.test";
  private static final String DEAD_FIRST = "dead.test";
  private static final int WARM_UPS = 20;
  private static final int BATCHES = 40;
  private static final int CONNECTS = 500;

  private HistoryBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    try (BlackHole dead = BlackHole.on(DEAD, FreePort.on(GOOD, DEAD));
        Backlog server = new Backlog(GOOD, dead.port());
        HostsFile hosts =
            HostsFile.of(
                Map.of(GOOD_FIRST, List.of(GOOD, "127.0.0.8"), DEAD_FIRST, List.of(DEAD, GOOD)))) {
      Turns turns =
          new Turns(
              List.of(
                  () -> ForkedJvm.onThisJdk().flags(hosts.flag()),
                  () -> ForkedJvm.onThisJdk().flags(hosts.flag()).agent(agent, "")),
              List.of(row("blocking", Way.SOCKET), row("non-blocking", Way.SELECTOR)),
              server,
              WARM_UPS,
              BATCHES,
              CONNECTS);
      turns.run(Figure.HISTORY, rounds);
    }
  }

  private static Row row(String label, Way way) {
    return new Row(
        label,
        way,
        List.of(
            new Lane("good first without", 0, GOOD_FIRST),
            new Lane("good first with", 1, GOOD_FIRST),
            new Lane("dead first with", 1, DEAD_FIRST)));
  }
}
