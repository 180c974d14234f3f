package io.heagent.bench.figures;

import java.util.List;
import java.util.Locale;

/**
 * One line of the CSV file: of one figure, one row (what is done) and one series (by whom or with
 * what), measured some rounds on one JDK, in the unit of the figure.
 *
 * @param jdk its full version, 17.0.19
 * @param commit of the agent that was measured
 * @param machine processor, memory and system
 */
public record Measured(
    Figure figure,
    String row,
    String series,
    String jdk,
    double median,
    double min,
    double max,
    int rounds,
    String commit,
    String machine) {

  static final String HEADER = "figure,row,series,jdk,unit,median,min,max,rounds,commit,machine";

  private static final int COLUMNS = 11;

  public Measured {
    for (String text : List.of(row, series, jdk, commit, machine)) {
      if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.lines().count() > 1) {
        throw new IllegalArgumentException("not fit for a CSV file: " + text);
      }
    }
  }

  static Measured parse(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(COLUMNS + " columns expected: " + line);
    }
    return new Measured(
        Figure.valueOf(cells[0].toUpperCase(Locale.ROOT)),
        cells[1],
        cells[2],
        cells[3],
        Double.parseDouble(cells[5]),
        Double.parseDouble(cells[6]),
        Double.parseDouble(cells[7]),
        Integer.parseInt(cells[8]),
        cells[9],
        cells[10]);
  }

  String line() {
    return String.join(
        ",",
        figure.command(),
        row,
        series,
        jdk,
        figure.unit(),
        number(median),
        number(min),
        number(max),
        Integer.toString(rounds),
        commit,
        machine);
  }

  /** 17, 25. */
  int feature() {
    return Runtime.Version.parse(jdk).feature();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
