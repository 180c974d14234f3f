package io.heagent.it.containers;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a client in a container has printed, one outcome a line. */
record Outcomes(List<String> lines) {

  /** PostgreSQL has said that it stops, or has ended the connection that it had taken. */
  private static final Pattern TURNED_AWAY =
      Pattern.compile("failed \\d+ (57P\\d\\d:PSQLException|\\w+:(EOF|Socket)Exception) .*");

  static Outcomes of(List<String> printed) {
    return new Outcomes(
        printed.stream()
            .filter(line -> line.startsWith("ok ") || line.startsWith("failed "))
            .toList());
  }

  /** Those before this round, counted from 0. */
  Outcomes before(int round) {
    return new Outcomes(lines.subList(0, round));
  }

  /** Those from this round on, counted from 0. */
  Outcomes from(int round) {
    return new Outcomes(lines.subList(round, lines.size()));
  }

  int size() {
    return lines.size();
  }

  long failures() {
    return lines.stream().filter(line -> line.startsWith("failed ")).count();
  }

  /**
   * Those of the failures that came from a server that was reached. For programs that print where a
   * failure came from.
   */
  long turnedAway() {
    return lines.stream().filter(line -> TURNED_AWAY.matcher(line).matches()).count();
  }

  /** The servers that were reached. */
  Set<String> servers() {
    return lines.stream()
        .filter(line -> line.startsWith("ok "))
        .map(line -> line.split(" ", -1)[2])
        .collect(Collectors.toSet());
  }

  /** The longest that a round took, in milliseconds. */
  long longest() {
    return lines.stream().mapToLong(line -> Long.parseLong(line.split(" ", -1)[1])).max().orElse(0);
  }

  /**
   * The longest time from the end of a good round to that of the next good one. For programs that
   * print the end of each round as the fourth word.
   */
  String longestOutage() {
    long longest = 0;
    long good = -1;
    long end = 0;
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      end = Long.parseLong(words[3]);
      if (words[0].equals("ok")) {
        longest = good < 0 ? 0 : Math.max(longest, end - good);
        good = end;
      }
    }
    return end - good > longest
        ? "no good one in the last %d ms".formatted(end - good)
        : "at most %d ms to the next good one".formatted(longest);
  }

  static void print(String what, Collection<Outcomes> without, Outcomes with) {
    System.out.printf(
        "%-40s without: %s; with: %s%n",
        what, without.stream().map(Outcomes::toString).collect(Collectors.joining(", ")), with);
  }

  @Override
  public String toString() {
    return "%d rounds, %d failed, the longest %d ms".formatted(size(), failures(), longest());
  }
}
