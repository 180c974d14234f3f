package io.heagent.agent.check.render;

import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.LookupSpan;
import io.heagent.agent.check.result.TargetReport;
import io.heagent.engine.address.AddressText;
import io.heagent.engine.core.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The races of a check as one picture that can be attached to a ticket: an SVG without scripts,
 * fonts or external resources, light or dark as its reader prefers. If there are several rounds, it
 * shows the worst one.
 */
public final class SvgTimeline {

  private static final int MARGIN = 20;
  private static final int ROW = 26;
  private static final int BAR = 12;
  private static final int LINE = 20;
  private static final int AXIS = 480;
  private static final int TICKS_APART = 64;
  private static final int THINNEST = 3;

  /**
   * The width of a letter in pixels. Text has a fixed width and is 13 pixels high; no usual font
   * has wider letters.
   */
  private static final double LETTER = 7.9;

  private final StringBuilder body = new StringBuilder();
  private int y = MARGIN;
  private int width;

  private SvgTimeline() {}

  /**
   * One row.
   *
   * @param kind the class of the row in the style sheet
   */
  private record Row(String label, String details, long startNanos, long endNanos, String kind) {}

  /** The whole file. */
  public static String of(List<TargetReport> reports) {
    SvgTimeline picture = new SvgTimeline();
    for (TargetReport report : reports) {
      picture.add(report);
    }
    return picture.file(reports);
  }

  private void add(TargetReport report) {
    CheckedRace race = report.worst();
    line("title", Wording.headline(report.target(), race));
    y += LINE / 2;
    List<Row> rows = rows(race);
    if (!rows.isEmpty()) {
      chart(rows, race.endNanos());
    }
    Wording.leftOut(race).forEach(left -> line("quiet", "not tried: " + left));
    if (race.plain() != null) {
      line("quiet", "plain JDK: " + Wording.plain(race));
      line("quiet", "gain: " + Wording.worth(race));
    }
    if (report.notRaced() != null) {
      line("quiet", "he-agent " + Wording.notRaced(report.notRaced()));
    }
    y += LINE;
  }

  private static List<Row> rows(CheckedRace race) {
    List<Row> rows = new ArrayList<>();
    for (LookupSpan lookup : race.lookups()) {
      long start = lookup.startNanos();
      long end = lookup.endNanos();
      String details = details(start, end, Wording.found(race, lookup), lookup.what());
      String kind = lookup.failure() == null ? "lookup" : "failed";
      rows.add(new Row("look-up", details, start, end, kind));
    }
    for (AttemptSpan attempt : race.attempts()) {
      long start = attempt.startNanos();
      long end = attempt.endNanos();
      String label = attempt.index() + 1 + " " + AddressText.of(attempt.remote());
      String details = details(start, end, attempt.words(), Wording.from(attempt));
      rows.add(new Row(label, details, start, end, kind(attempt.outcome())));
    }
    return rows;
  }

  private static String details(long startNanos, long endNanos, String words, String from) {
    return Wording.span(startNanos, endNanos) + "  " + words + "  " + from;
  }

  private static String kind(Outcome outcome) {
    if (outcome == Outcome.WON) {
      return "won";
    }
    return outcome == Outcome.FAILED ? "failed" : "given";
  }

  private void chart(List<Row> rows, long endNanos) {
    int label = rows.stream().mapToInt(row -> letters(row.label)).max().orElse(0);
    int left = MARGIN + label + MARGIN;
    int right = left + AXIS + MARGIN;
    TimeScale scale = new TimeScale(endNanos, AXIS);
    y += LINE;
    for (long tick : scale.ticks(TICKS_APART)) {
      int x = left + scale.place(tick);
      String number = tick == 0 ? "0 ms" : Wording.number(tick);
      text("quiet", x, y - 6, number, " text-anchor=\"middle\"");
      body.append("<line class=\"grid\" x1=\"").append(x).append("\" y1=\"").append(y);
      body.append("\" x2=\"").append(x).append("\" y2=\"").append(y + rows.size() * ROW);
      body.append("\"/>\n");
    }
    for (Row row : rows) {
      int baseline = y + ROW / 2 + 4;
      int start = scale.place(row.startNanos);
      int length = Math.max(THINNEST, scale.place(row.endNanos) - start);
      start = Math.min(start, AXIS - length);
      text("", MARGIN, baseline, row.label, "");
      body.append("<rect class=\"").append(row.kind).append("\" x=\"").append(left + start);
      body.append("\" y=\"").append(y + (ROW - BAR) / 2).append("\" width=\"").append(length);
      body.append("\" height=\"").append(BAR).append("\" rx=\"2\"/>\n");
      text("", right, baseline, row.details, "");
      y += ROW;
    }
    y += LINE / 2;
  }

  private void line(String kind, String words) {
    y += LINE;
    text(kind, MARGIN, y - 6, words, "");
  }

  private void text(String kind, int x, int baseline, String words, String more) {
    body.append("<text").append(kind.isEmpty() ? "" : " class=\"" + kind + "\"");
    body.append(" x=\"").append(x).append("\" y=\"").append(baseline).append('"').append(more);
    body.append(" xml:space=\"preserve\">").append(escaped(words)).append("</text>\n");
    if (more.isEmpty()) {
      width = Math.max(width, x + letters(words) + MARGIN);
    }
  }

  private static int letters(String words) {
    return (int) Math.ceil(words.length() * LETTER);
  }

  private String file(List<TargetReport> reports) {
    String title = "Connects to " + String.join(", ", names(reports));
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + width
        + "\" height=\""
        + y
        + "\" viewBox=\"0 0 "
        + width
        + " "
        + y
        + "\" role=\"img\">\n<title>"
        + escaped(title)
        + "</title>\n"
        + SvgStyle.SHEET
        + "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n"
        + body
        + "</svg>\n";
  }

  private static List<String> names(List<TargetReport> reports) {
    return reports.stream().map(report -> report.target().toString()).toList();
  }

  private static String escaped(String words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '&') {
        text.append("&amp;");
      } else if (c == '<') {
        text.append("&lt;");
      } else if (c == '>') {
        text.append("&gt;");
      } else {
        text.append(c < ' ' ? ' ' : c);
      }
    }
    return text.toString();
  }
}
