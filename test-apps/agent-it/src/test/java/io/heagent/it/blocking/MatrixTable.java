package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each way saw in each scenario: the last byte of the address that answered, or the error. */
final class MatrixTable {
  private final Map<String, StringBuilder> rows = new LinkedHashMap<>();

  MatrixTable() {
    StringBuilder head = row("way");
    for (Scenario scenario : Scenario.values()) {
      head.append(String.format("%-19s", scenario));
    }
  }

  void add(String adoption, Threads threads, BlockingWay way, Scenario scenario, Facts facts) {
    StringBuilder row = row(String.format("%-7s%-9s%s", adoption, threads, way));
    String error = facts.get("error");
    String cell =
        error.isEmpty()
            ? facts.get("served")
            : error.substring(error.lastIndexOf('.') + 1).replace("Exception", "");
    int column = 40 + 19 * List.of(Scenario.values()).indexOf(scenario);
    row.append(" ".repeat(Math.max(0, column - row.length()))).append(cell);
  }

  private StringBuilder row(String name) {
    return rows.computeIfAbsent(name, n -> new StringBuilder(String.format("%-40s", n)));
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), rows.values());
  }
}
