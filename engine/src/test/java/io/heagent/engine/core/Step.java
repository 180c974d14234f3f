package io.heagent.engine.core;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One random event of a schedule.
 *
 * @param kind what happens
 * @param pick chooses the attempt concerned, modulo the number of started ones
 * @param waitMs how much time passes before
 */
record Step(Kind kind, int pick, int waitMs) {

  enum Kind {
    WIN,
    FAIL,
    FAIL_LOCALLY,
    TICK,
    CANCEL,
    SILENT,
    ANSWER,
    MORE
  }

  static Arbitrary<Step> any() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(10, Arbitraries.of(Kind.FAIL, Kind.FAIL_LOCALLY)),
            Tuple.of(6, Arbitraries.of(Kind.TICK, Kind.SILENT, Kind.ANSWER, Kind.MORE)),
            Tuple.of(1, Arbitraries.of(Kind.WIN, Kind.CANCEL)));
    // Multiples of the rules' constants are frequent, so that several events happen at the same
    // time.
    Arbitrary<Integer> waits =
        Arbitraries.oneOf(Arbitraries.of(0, 0, 10, 250), Arbitraries.integers().between(0, 600));
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 12), waits).as(Step::new);
  }
}
