package io.heagent.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Milliseconds of repeated runs. */
final class Samples {
  private final List<Double> millis = new ArrayList<>();

  void add(double sample) {
    millis.add(sample);
  }

  double min() {
    return Collections.min(millis);
  }

  double max() {
    return Collections.max(millis);
  }

  /** Of an even number of samples the mean of the middle two. */
  double median() {
    List<Double> sorted = millis.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
