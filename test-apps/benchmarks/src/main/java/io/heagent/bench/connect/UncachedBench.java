package io.heagent.bench.connect;

import io.heagent.bench.figures.Figure;
import io.heagent.bench.measured.ConnectBatches.Way;
import io.heagent.bench.turns.Backlog;
import io.heagent.bench.turns.Row;
import io.heagent.bench.turns.Row.Lane;
import io.heagent.bench.turns.Turns;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. What a connect costs whose first address
 * refuses, in a JVM that caches no name, against a connect to a name whose first address is good
 * without the agent: by default, where history passes the address over once it is known, and with
 * {@code history=off}, where each connect is a race.
 */
public final class UncachedBench {
  private static final String GOOD = "127.0.0.7";
  private static final String REFUSED = "127.0.0.10";
  private static final String GOOD_FIRST = "good.test";
  private static final String REFUSED_FIRST = "refused.test";
  private static final int WARM_UPS = 10;
  private static final int BATCHES = 30;
  private static final int CONNECTS = 200;

  private UncachedBench() {}

  public static void main(String[] args) throws Exception {
    Path agent = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    int port = FreePort.on(GOOD, REFUSED);
    try (Backlog server = new Backlog(GOOD, port);
        HostsFile hosts =
            HostsFile.of(
                Map.of(
                    GOOD_FIRST,
                    List.of(GOOD, "127.0.0.8"),
                    REFUSED_FIRST,
                    List.of(REFUSED, GOOD)))) {
      Turns turns =
          new Turns(
              List.of(
                  () -> jvm(hosts),
                  () -> jvm(hosts).agent(agent, ""),
                  () -> jvm(hosts).agent(agent, "history=off")),
              rows(),
              server,
              WARM_UPS,
              BATCHES,
              CONNECTS);
      turns.run(Figure.UNCACHED, rounds);
    }
  }

  private static ForkedJvm jvm(HostsFile hosts) {
    return ForkedJvm.onThisJdk().flags("-Dsun.net.inetaddr.ttl=0", hosts.flag());
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Way way : List.of(Way.SOCKET, Way.SELECTOR)) {
      String how = way == Way.SOCKET ? "blocking" : "non-blocking";
      rows.add(row(how, way, 1));
      rows.add(row(how + " history=off", way, 2));
    }
    return rows;
  }

  private static Row row(String label, Way way, int jvm) {
    return new Row(
        label,
        way,
        List.of(
            new Lane("good first without", 0, GOOD_FIRST),
            new Lane("refused first with", jvm, REFUSED_FIRST)));
  }
}
