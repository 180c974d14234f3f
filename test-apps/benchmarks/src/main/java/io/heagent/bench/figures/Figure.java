package io.heagent.bench.figures;

import java.util.Locale;

/** What {@code scripts/bench} measures: one plot each, and one group of rows of the table. */
public enum Figure {
  STARTUP("Start-up, from fork to exit", "ms", Comparison.RATIO, "empty agent", "he-agent"),
  MEMORY("Resident memory at the end", "MB", Comparison.DIFFERENCE, "empty agent", "he-agent"),
  CONNECT("A connect whose first address is good", "µs", Comparison.RATIO, "without", "with"),
  ALONE("A connect that is left alone", "µs", Comparison.FINE_RATIO, "without", "with"),
  ALLOC("Memory allocated for a connect", "bytes", Comparison.DIFFERENCE, "without", "with"),
  CALLS("System calls of a connect", "calls", Comparison.DIFFERENCE, "without", "with"),
  HISTORY(
      "A connect whose first address is known as dead",
      "µs",
      Comparison.RATIO,
      "good first without",
      "dead first with"),
  COLD("The first race of a JVM", "ms", Comparison.VALUES, "", ""),
  UNCACHED(
      "A connect whose first address refuses, names not cached",
      "µs",
      Comparison.DIFFERENCE,
      "good first without",
      "refused first with"),
  REFUSED("Refused again and again", "µs", Comparison.RATIO, "without", "with"),
  CROWD("Thousands at once", "ms", Comparison.VALUES, "", ""),
  HEAP("Heap of each of thousands at once", "bytes", Comparison.DIFFERENCE, "without", "with"),
  CLASSLOAD("Loading any class", "µs", Comparison.RATIO, "without", "native=race"),
  NETTY("A request on Netty's epoll transport", "µs", Comparison.RATIO, "without", "native=race"),
  PEERS("Others that race, in turn", "ms", Comparison.VALUES, "", "");

  /** How the two series that count are set against each other. */
  enum Comparison {
    /** Of the medians, subject by base. */
    RATIO,
    /** The same to a thousandth. */
    FINE_RATIO,
    /** Of the medians, subject minus base. */
    DIFFERENCE,
    /** Not at all: all series are told. */
    VALUES
  }

  private final String title;
  private final String unit;
  private final Comparison comparison;
  private final String base;
  private final String subject;

  Figure(String title, String unit, Comparison comparison, String base, String subject) {
    this.title = title;
    this.unit = unit;
    this.comparison = comparison;
    this.base = base;
    this.subject = subject;
  }

  /** The word after {@code scripts/bench}, and the name of the plot's file. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  Comparison comparison() {
    return comparison;
  }

  /** The series that the subject is compared with. */
  String base() {
    return base;
  }

  String subject() {
    return subject;
  }
}
