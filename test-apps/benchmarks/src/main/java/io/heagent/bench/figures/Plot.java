package io.heagent.bench.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A figure as an SVG picture: a bar to the median for each series of each row, with a line from the
 * least to the most. It has its own colours for dark pages, and needs no script and no font.
 */
final class Plot {
  private static final int WIDTH = 860;
  private static final int LEFT = 250;
  private static final int RIGHT = 190;
  private static final int BAR = 16;
  private static final int GAP = 8;
  private static final int LINE = 20;

  /** After Paul Tol's palettes, which people with any colour vision can tell apart. */
  private static final String STYLE =
      """
      <style>
        text { font: 13px sans-serif; fill: #1f2328 }
        .title { font-size: 16px; font-weight: bold }
        .small { font-size: 11px; fill: #59636e }
        .page { fill: #ffffff }
        .span { stroke: #1f2328; stroke-width: 1.5 }
        .s0 { fill: #bbbbbb } .s1 { fill: #4477aa } .s2 { fill: #66ccee } .s3 { fill: #228833 }
        .s4 { fill: #ccbb44 } .s5 { fill: #ee6677 } .s6 { fill: #aa3377 }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc } .small { fill: #9198a1 } .page { fill: #0d1117 }
          .span { stroke: #f0f6fc } .s0 { fill: #656c76 }
        }
      </style>
      """;

  private static final int COLOURS = 7;

  private final Group group;
  private final List<String> series;
  private final List<String> shapes = new ArrayList<>();
  private final double scale;
  private int y = 10;

  private Plot(Group group) {
    this.group = group;
    this.series = List.copyOf(group.series());
    double most = group.all().stream().mapToDouble(Measured::max).max().orElse(0);
    this.scale = most == 0 ? 0 : (WIDTH - LEFT - RIGHT) / most;
  }

  static String of(Group group) {
    return new Plot(group).draw();
  }

  private String draw() {
    Figure figure = group.figure();
    text(10, y += 14, "title", figure.title() + " (" + figure.unit() + ")");
    text(
        10,
        y += LINE,
        "small",
        "Bar: median; line: least to most. scripts/bench " + figure.command());
    for (String part : group.caption().split("(?<=;) ", -1)) {
      text(10, y += 15, "small", part);
    }
    y += GAP;
    legend();
    for (int feature : group.features()) {
      text(10, y += LINE, "title", "JDK " + feature);
      y += GAP;
      for (String row : group.rows()) {
        row(row, group.of(row, feature));
      }
    }
    y += GAP;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            y,
            WIDTH,
            y,
            escaped(figure.title()))
        + STYLE
        + String.format("<rect class=\"page\" width=\"%d\" height=\"%d\"/>%n", WIDTH, y)
        + String.join("\n", shapes)
        + "\n</svg>\n";
  }

  private void legend() {
    int x = 10;
    y += LINE;
    for (int i = 0; i < series.size(); i++) {
      int needs = 40 + 8 * series.get(i).length();
      if (x + needs > WIDTH) {
        x = 10;
        y += LINE;
      }
      bar(x, y - 11, 12, 12, i);
      text(x + 17, y, "", series.get(i));
      x += needs;
    }
    y += GAP;
  }

  private void row(String name, List<Measured> measured) {
    if (measured.isEmpty()) {
      return;
    }
    text(10, y + 13, "", name);
    for (Measured one : measured) {
      double median = one.median() * scale;
      int middle = y + BAR / 2 - 1;
      bar(LEFT, y, Math.max(median, 1), BAR - 2, series.indexOf(one.series()));
      shapes.add(
          String.format(
              Locale.ROOT,
              "<line class=\"span\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
              LEFT + one.min() * scale,
              middle,
              LEFT + one.max() * scale,
              middle));
      text(
          (int) (LEFT + one.max() * scale) + 8,
          y + 12,
          "small",
          Group.number(one.median())
              + " ("
              + Group.number(one.min())
              + ".."
              + Group.number(one.max())
              + ")");
      y += BAR;
    }
    y += GAP;
  }

  private void bar(int x, int top, double width, int height, int colour) {
    shapes.add(
        String.format(
            Locale.ROOT,
            "<rect class=\"s%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
            colour % COLOURS,
            x,
            top,
            width,
            height));
  }

  private void text(int x, int baseline, String style, String words) {
    shapes.add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
            .formatted(style, x, baseline, escaped(words)));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
