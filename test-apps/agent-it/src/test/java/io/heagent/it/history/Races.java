package io.heagent.it.history;

import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The races that a JVM with {@code log=debug} tells of: those that went beyond the address dialled
 * first on the program's own descriptor. A connect that is not told of has dialled one address.
 */
record Races(List<String> lines) {
  static Races of(ForkedJvm.Outcome outcome) {
    return new Races(outcome.stderr().lines().filter(l -> l.contains(" tried: ")).toList());
  }

  /** Those over this name. */
  Races to(String host) {
    return new Races(lines.stream().filter(line -> line.contains(" " + host + ":")).toList());
  }

  int count() {
    return lines.size();
  }

  /** The addresses that a race has tried, in order. */
  List<String> tried(int race) {
    String line = lines.get(race);
    return Pattern.compile("; ")
        .splitAsStream(line.substring(line.indexOf(" tried: ") + 8))
        .map(attempt -> attempt.substring(0, attempt.indexOf(' ')))
        .toList();
  }
}
