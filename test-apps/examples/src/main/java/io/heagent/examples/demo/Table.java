package io.heagent.examples.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Prints a row as soon as it is known, so that the reader sees where the time goes. */
final class Table {
  private static final String FORMAT = "%-26s  %-34s %5s  %-34s %5s  %s%n";
  private static final int TEXT_WIDTH = 34;

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  void header() {
    out.printf(FORMAT, "client", "without", "s", "with", "s", "reached");
    out.println("-".repeat(122));
  }

  void row(String client, Sight without, Optional<Sight> with) {
    out.printf(
        FORMAT,
        client,
        cut(without.text()),
        seconds(without),
        with.map(sight -> cut(sight.text())).orElse("-"),
        with.map(Table::seconds).orElse("-"),
        with.flatMap(Sight::address).orElse("-"));
  }

  private static String seconds(Sight sight) {
    return String.format(Locale.ROOT, "%.2f", sight.seconds());
  }

  private static String cut(String text) {
    return text.length() <= TEXT_WIDTH ? text : text.substring(0, TEXT_WIDTH - 1) + "…";
  }
}
