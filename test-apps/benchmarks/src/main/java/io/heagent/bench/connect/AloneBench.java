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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. What the agent costs a connect on loopback that
 * it leaves alone: to a literal, to a name with one address, and to an excluded host. A second JVM
 * without the agent shows how much two JVMs differ that do the same.
 */
public final class AloneBench {
  private static final String GOOD = "127.0.0.7";
  private static final String ONE = "one.test";
  private static final String EXCLUDED = "excluded.test";
  private static final int WARM_UPS = 15;
  private static final int BATCHES = 30;
  private static final int CONNECTS = 500;

  private AloneBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    try (Backlog server = new Backlog(GOOD, 0);
        HostsFile hosts =
            HostsFile.of(Map.of(ONE, List.of(GOOD), EXCLUDED, List.of(GOOD, "127.0.0.8")))) {
      Turns turns =
          new Turns(
              List.of(
                  () -> ForkedJvm.onThisJdk().flags(hosts.flag()),
                  () ->
                      ForkedJvm.onThisJdk().flags(hosts.flag()).agent(agent, "except=" + EXCLUDED),
                  () -> ForkedJvm.onThisJdk().flags(hosts.flag())),
              rows(),
              server,
              WARM_UPS,
              BATCHES,
              CONNECTS);
      turns.run(Figure.ALONE, rounds);
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Way way : List.of(Way.SOCKET, Way.SELECTOR)) {
      String how = way == Way.SOCKET ? " blocking" : " non-blocking";
      rows.add(row("literal" + how, way, GOOD));
      rows.add(row("one address" + how, way, ONE));
      rows.add(row("excluded host" + how, way, EXCLUDED));
    }
    return rows;
  }

  private static Row row(String label, Way way, String host) {
    return new Row(
        label,
        way,
        List.of(
            new Lane("without", 0, host),
            new Lane("with", 1, host),
            new Lane("another without", 2, host)));
  }
}
