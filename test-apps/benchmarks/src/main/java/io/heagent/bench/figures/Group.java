package io.heagent.bench.figures;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that was measured of one figure. */
record Group(Figure figure, List<Measured> all) {

  static Group of(Figure figure, List<Measured> everything) {
    return new Group(figure, everything.stream().filter(one -> one.figure() == figure).toList());
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** In the order in which they were measured. */
  Set<String> rows() {
    return all.stream().map(Measured::row).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  Set<String> series() {
    return all.stream().map(Measured::series).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The feature versions of the JDKs, oldest first. */
  Set<Integer> features() {
    return all.stream().map(Measured::feature).collect(Collectors.toCollection(TreeSet::new));
  }

  List<Measured> of(String row, int feature) {
    return all.stream().filter(one -> one.row().equals(row) && one.feature() == feature).toList();
  }

  /**
   * What the comparison of this row comes to on a JDK, in a few words; empty if nothing is known.
   */
  String verdict(String row, int feature) {
    List<Measured> of = of(row, feature);
    Optional<Measured> base = series(of, figure.base());
    Optional<Measured> subject = series(of, figure.subject());
    if (of.isEmpty()) {
      return "";
    } else if (base.isEmpty() || subject.isEmpty()) {
      return of.stream()
              .map(one -> one.series() + " " + number(one.median()))
              .collect(Collectors.joining(", "))
          + " "
          + figure.unit();
    }
    double with = subject.get().median();
    double without = base.get().median();
    String both = number(with) + " against " + number(without) + " " + figure.unit();
    return figure.comparison() == Figure.Comparison.RATIO
        ? String.format(Locale.ROOT, "**%.2f** (%s)", with / without, both)
        : figure.comparison() == Figure.Comparison.FINE_RATIO
            ? String.format(Locale.ROOT, "**%.3f** (%s)", with / without, both)
            : "**"
                + (with < without ? "-" : "+")
                + number(Math.abs(with - without))
                + "** ("
                + both
                + ")";
  }

  private static Optional<Measured> series(List<Measured> of, String name) {
    return of.stream().filter(one -> one.series().equals(name)).findFirst();
  }

  /** With as many digits as mean something. */
  static String number(double value) {
    boolean whole = Math.abs(value) >= 100 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.1f", value);
  }

  /** Which JDKs, machine, rounds and commits: each named once. */
  String caption() {
    return named(all.stream().map(one -> "JDK " + one.jdk()))
        + "; "
        + named(all.stream().map(Measured::machine))
        + "; "
        + named(all.stream().map(one -> one.rounds() + " rounds"))
        + " in turn; commit "
        + named(all.stream().map(Measured::commit));
  }

  private static String named(Stream<String> names) {
    return names.distinct().collect(Collectors.joining(", "));
  }
}
