package io.heagent.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What repeated runs have taken. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  public void add(double sample) {
    values.add(sample);
  }

  /** The median, and between brackets the least and the most. */
  public String range() {
    return "%.1f (%.1f..%.1f)".formatted(median(), min(), max());
  }

  /** Each of these times a factor. */
  public Samples times(double factor) {
    Samples product = new Samples();
    values.forEach(value -> product.add(value * factor));
    return product;
  }

  public double min() {
    return Collections.min(values);
  }

  public double max() {
    return Collections.max(values);
  }

  /** Of an even number of samples the mean of the middle two. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
