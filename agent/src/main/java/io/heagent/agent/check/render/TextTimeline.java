package io.heagent.agent.check.render;

import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LookupSpan;
import io.heagent.agent.check.result.NotRaced;
import io.heagent.agent.check.result.Target;
import io.heagent.engine.address.AddressText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * One race as a Gantt chart of characters, with a row for each look-up and attempt. The bar and its
 * details stand side by side if the terminal is wide enough, otherwise the details follow below.
 */
public final class TextTimeline {

  private static final String INDENT = "  ";
  private static final String GAP = "  ";
  private static final String UNIT = "ms";
  private static final int SHORTEST_BAR = 16;
  private static final int TICKS_APART = 8;
  private static final int KEY = 13;

  private final Style style;

  public TextTimeline(Style style) {
    this.style = style;
  }

  /**
   * One row.
   *
   * @param line the character of the bar
   * @param end the character in the last column of the bar
   * @param paint gives the bar its colour
   */
  private record Row(
      String label,
      String times,
      String words,
      String from,
      long startNanos,
      long endNanos,
      char line,
      char end,
      UnaryOperator<String> paint) {}

  /**
   * The lines of the race. The last line has no line end.
   *
   * @param notRaced null if the agent would race the connect
   */
  public String of(Target target, NotRaced notRaced, CheckedRace race) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(Wording.headline(target, race)));
    List<Row> rows = rows(race);
    if (!rows.isEmpty()) {
      lines.add("");
      chart(rows, race.endNanos(), lines);
    }
    lines.add("");
    for (String left : Wording.leftOut(race)) {
      fact("not tried", left, lines);
    }
    fact("plain JDK", Wording.plain(race), lines);
    fact("gain", Wording.worth(race), lines);
    fact("he-agent", notRaced == null ? null : Wording.notRaced(notRaced), lines);
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return String.join("\n", lines);
  }

  private static void fact(String key, String text, List<String> lines) {
    if (text != null) {
      lines.add(INDENT + pad(key, KEY) + text);
    }
  }

  private List<Row> rows(CheckedRace race) {
    List<Row> rows = new ArrayList<>();
    for (LookupSpan lookup : race.lookups()) {
      rows.add(
          new Row(
              "look-up",
              Wording.span(lookup.startNanos(), lookup.endNanos()),
              Wording.found(race, lookup),
              lookup.what(),
              lookup.startNanos(),
              lookup.endNanos(),
              style.lookupLine(),
              style.end(lookup.failure() == null),
              style::lookup));
    }
    for (AttemptSpan attempt : race.attempts()) {
      rows.add(
          new Row(
              attempt.index() + 1 + " " + AddressText.of(attempt.remote()),
              Wording.span(attempt.startNanos(), attempt.endNanos()),
              attempt.words(),
              Wording.from(attempt),
              attempt.startNanos(),
              attempt.endNanos(),
              style.attemptLine(),
              style.end(attempt.outcome()),
              text -> style.outcome(text, attempt.outcome())));
    }
    return rows;
  }

  private void chart(List<Row> rows, long endNanos, List<String> lines) {
    int label = widest(rows, row -> row.label.length());
    int times = widest(rows, row -> row.times.length());
    int words = widest(rows, row -> row.words.length());
    int from = widest(rows, row -> row.from.length());
    int details = times + words + from + 2 * GAP.length();
    int bar = style.width() - INDENT.length() - label - details - 2 * GAP.length();
    boolean wide = bar >= SHORTEST_BAR;
    String margin = wide ? " ".repeat(label) + UNIT + GAP : UNIT + GAP;
    TimeScale scale =
        new TimeScale(endNanos, wide ? bar : style.width() - margin.length() - INDENT.length());
    lines.add(style.dim(margin + axis(scale)));
    for (Row row : rows) {
      String text =
          pad(row.times, times) + GAP + row.paint.apply(pad(row.words, words)) + GAP + row.from;
      String start = INDENT + pad(row.label, label) + GAP;
      if (wide) {
        lines.add(start + bar(row, scale) + GAP + text);
      } else {
        lines.add(start + text);
        lines.add((" ".repeat(margin.length()) + bar(row, scale)).stripTrailing());
      }
    }
  }

  private static int widest(List<Row> rows, ToIntFunction<Row> of) {
    return rows.stream().mapToInt(of).max().orElse(0);
  }

  private static String axis(TimeScale scale) {
    StringBuilder axis = new StringBuilder();
    for (long tick : scale.ticks(TICKS_APART)) {
      String number = Wording.number(tick);
      int column = Math.min(scale.column(tick), scale.length() - number.length());
      if (axis.isEmpty() || column > axis.length()) {
        axis.append(" ".repeat(column - axis.length())).append(number);
      }
    }
    return axis.toString();
  }

  private static String bar(Row row, TimeScale scale) {
    int start = scale.column(row.startNanos);
    int end = scale.column(row.endNanos);
    String bar = String.valueOf(row.line).repeat(end - start) + row.end;
    return " ".repeat(start) + row.paint.apply(bar) + " ".repeat(scale.length() - 1 - end);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
