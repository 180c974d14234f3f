package io.heagent.bench.figures;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a figure is to be at most.
 *
 * @param what is measured, in a few words
 * @param row the row of the figure
 * @param base the series that is compared with; empty if the subject itself counts
 * @param subject the series that counts
 * @param most the goal, in the unit of the figure; of a comparison by ratio the ratio
 * @param where the rest goes if it is not reached: a section of docs/startup-profile.md
 */
record Goal(
    String what,
    Figure figure,
    String row,
    String base,
    String subject,
    double most,
    String where) {

  /** All of them, in the order of the table. */
  static final List<Goal> ALL =
      List.of(
          of("no socket: wall", Figure.STARTUP, "no socket", 1.12, "time"),
          of("one socket: wall", Figure.STARTUP, "one socket", 1.20, "time"),
          of("no socket: resident memory", Figure.MEMORY, "no socket", 1, "memory"),
          of("one socket: resident memory", Figure.MEMORY, "one socket", 4, "memory"),
          of("first good, blocking", Figure.CONNECT, "blocking", 1.05, "connects"),
          of(
              "the same without a timeout",
              Figure.CONNECT,
              "blocking without a timeout",
              1.05,
              "connects"),
          of("first good, non-blocking", Figure.CONNECT, "non-blocking", 1.06, "connects"),
          of(
              "its system calls, with a timeout",
              Figure.CALLS,
              "socket with a timeout",
              2,
              "system-calls"),
          of("without a timeout", Figure.CALLS, "socket without a timeout", 2, "system-calls"),
          of("its bytes", Figure.ALLOC, "several with the first good", 400, "bytes"),
          of("literal: bytes", Figure.ALLOC, "literal", 0, "bytes"),
          of("one address: bytes", Figure.ALLOC, "one address", 0, "bytes"),
          of("excluded host: bytes", Figure.ALLOC, "excluded host", 0, "bytes"),
          of("literal, blocking", Figure.ALONE, "literal blocking", 1.01, "connects"),
          of("one address, blocking", Figure.ALONE, "one address blocking", 1.01, "connects"),
          of("excluded host, blocking", Figure.ALONE, "excluded host blocking", 1.01, "connects"),
          of("literal, non-blocking", Figure.ALONE, "literal non-blocking", 1.01, "connects"),
          of(
              "one address, non-blocking",
              Figure.ALONE,
              "one address non-blocking",
              1.01,
              "connects"),
          of(
              "excluded host, non-blocking",
              Figure.ALONE,
              "excluded host non-blocking",
              1.01,
              "connects"),
          of("known dead first, blocking", Figure.HISTORY, "blocking", 1.15, "connects"),
          of("known dead first, non-blocking", Figure.HISTORY, "non-blocking", 1.15, "connects"),
          cold("socket"),
          cold("channel"),
          cold("selector"),
          cold("async"),
          of("refused first, blocking", Figure.UNCACHED, "blocking", 1_000, "connects"),
          of("with history=off", Figure.UNCACHED, "blocking history=off", 1_000, "connects"),
          of("refused first, non-blocking", Figure.UNCACHED, "non-blocking", 1_000, "connects"),
          of("with history=off", Figure.UNCACHED, "non-blocking history=off", 1_000, "connects"),
          of(
              "heap of a race, one dial",
              Figure.HEAP,
              "5000 races with one dial each",
              4_096,
              "heap"),
          of(
              "heap of a race, two dials",
              Figure.HEAP,
              "5000 races with two dials each",
              4_096,
              "heap"));

  private static Goal of(String what, Figure figure, String row, double most, String where) {
    return new Goal(what, figure, row, figure.base(), figure.subject(), most, where);
  }

  private static Goal cold(String way) {
    return new Goal(
        "dead first, cold, " + way, Figure.COLD, "dead " + way, "", "first", 110, "first-races");
  }

  private boolean isRatio() {
    return figure.comparison() == Figure.Comparison.RATIO
        || figure.comparison() == Figure.Comparison.FINE_RATIO;
  }

  /** What was measured on a JDK, as the goal is given. */
  private OptionalDouble measured(Group group, int feature) {
    OptionalDouble with = median(group, feature, subject);
    if (base.isEmpty() || with.isEmpty()) {
      return with;
    }
    OptionalDouble without = median(group, feature, base);
    if (without.isEmpty()) {
      return without;
    }
    double value = with.getAsDouble();
    return OptionalDouble.of(
        isRatio() ? value / without.getAsDouble() : value - without.getAsDouble());
  }

  private OptionalDouble median(Group group, int feature, String series) {
    return group.of(row, feature).stream()
        .filter(one -> one.series().equals(series))
        .mapToDouble(Measured::median)
        .findFirst();
  }

  /** What is told of it on a JDK. */
  String verdict(Group group, int feature) {
    OptionalDouble measured = measured(group, feature);
    if (measured.isEmpty()) {
      return "not measured";
    }
    String number = number(measured.getAsDouble());
    return isMet(measured.getAsDouble()) ? number : "**not met**: " + number;
  }

  /** As it is told, so that nobody reads of a goal that is missed by nothing. */
  private boolean isMet(double measured) {
    return Double.parseDouble(number(measured).replace(",", "")) <= most;
  }

  boolean isMissed(Group group, int feature) {
    OptionalDouble measured = measured(group, feature);
    return measured.isPresent() && !isMet(measured.getAsDouble());
  }

  private String number(double value) {
    return switch (figure.comparison()) {
      case RATIO -> String.format(Locale.ROOT, "%.2f", value);
      case FINE_RATIO -> String.format(Locale.ROOT, "%.3f", value);
      default ->
          value == Math.rint(value) || Math.abs(value) >= 1_000
              ? Group.number(value)
              : String.format(Locale.ROOT, "%.1f", value);
    };
  }

  /** The goal with its unit. */
  String limit() {
    String unit = isRatio() ? "times" : figure.unit();
    String more = !isRatio() && !base.isEmpty() ? "+" : "";
    return more
        + (isRatio() ? String.format(Locale.ROOT, "%.2f", most) : Group.number(most))
        + " "
        + unit;
  }
}
