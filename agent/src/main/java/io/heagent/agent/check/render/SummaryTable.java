package io.heagent.agent.check.render;

import io.heagent.agent.check.result.AddressSummary;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.CheckedRace.End;
import io.heagent.engine.address.AddressText;
import java.util.ArrayList;
import java.util.List;

/** A table of what several rounds have shown of each address. */
public final class SummaryTable {

  private static final List<String> TITLES =
      List.of("address", "tried", "connected", "failed", "unanswered", "fastest/median/slowest");

  private SummaryTable() {}

  /** One line on all rounds, and one line for each address. The last line has no line end. */
  public static String of(List<CheckedRace> rounds) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    for (AddressSummary summary : AddressSummary.of(rounds)) {
      rows.add(
          List.of(
              AddressText.of(summary.address()),
              Integer.toString(summary.tried()),
              Integer.toString(summary.won()),
              Integer.toString(summary.failed()),
              Integer.toString(summary.unanswered()),
              times(summary.wonNanos())));
    }
    StringBuilder text = new StringBuilder(headline(rounds));
    for (List<String> row : rows) {
      text.append("\n ");
      for (int column = 0; column < row.size(); column++) {
        text.append(' ').append(cell(rows, row, column)).append(' ');
      }
      text.setLength(text.toString().stripTrailing().length());
    }
    return text.toString();
  }

  private static String headline(List<CheckedRace> rounds) {
    List<Long> connected = new ArrayList<>();
    for (CheckedRace race : rounds) {
      if (race.end() == End.CONNECTED) {
        connected.add(race.endNanos());
      }
    }
    connected.sort(null);
    String text = rounds.size() + " rounds, " + connected.size() + " connected";
    return connected.isEmpty() ? text : text + ", after " + times(connected);
  }

  private static String times(List<Long> sorted) {
    if (sorted.isEmpty()) {
      return "-";
    }
    return Wording.number(sorted.get(0))
        + "/"
        + Wording.number(AddressSummary.median(sorted))
        + "/"
        + Wording.millis(sorted.get(sorted.size() - 1));
  }

  /** Aligns a text to the left of its column, and a number to the right. */
  private static String cell(List<List<String>> rows, List<String> row, int column) {
    int width = 0;
    for (List<String> other : rows) {
      width = Math.max(width, other.get(column).length());
    }
    String space = " ".repeat(width - row.get(column).length());
    boolean left = column == 0 || column == TITLES.size() - 1;
    return left ? row.get(column) + space : space + row.get(column);
  }
}
