package io.heagent.bench.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The figures as a table in Markdown, and its place between two marks of a page. */
final class CostTable {
  static final String BEGIN = "<!-- scripts/bench writes this table -->";
  static final String END = "<!-- until here -->";

  private CostTable() {}

  static String of(List<Measured> everything) {
    Set<Integer> features = new TreeSet<>();
    everything.forEach(one -> features.add(one.feature()));
    StringBuilder text = new StringBuilder("| `scripts/bench` | what |");
    features.forEach(feature -> text.append(" JDK ").append(feature).append(" |"));
    text.append("\n| --- | --- |").append(" --- |".repeat(features.size())).append('\n');
    for (Figure figure : Figure.values()) {
      Group group = Group.of(figure, everything);
      for (String row : group.rows()) {
        List<String> cells = new ArrayList<>();
        cells.add("`" + figure.command() + "`");
        cells.add(row);
        features.forEach(feature -> cells.add(group.verdict(row, feature)));
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      }
    }
    return text.toString();
  }

  /** The page with this table between the marks, which it must have. */
  static String put(String page, String table) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page has no place for the table: " + BEGIN);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + table + page.substring(end);
  }
}
