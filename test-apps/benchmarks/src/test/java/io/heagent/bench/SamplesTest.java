package io.heagent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void medianOfAnOddNumberIsTheMiddle() {
    assertEquals(2, of(9, 1, 2).median());
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(2.5, of(9, 1, 2, 3).median());
  }

  @Test
  void extremes() {
    assertEquals(1, of(9, 1, 2).min());
    assertEquals(9, of(9, 1, 2).max());
  }

  @Test
  void eachTimesAFactor() {
    assertEquals("4.0 (2.0..18.0)", of(9, 1, 2).times(2).range());
  }

  private static Samples of(double... millis) {
    Samples samples = new Samples();
    for (double sample : millis) {
      samples.add(sample);
    }
    return samples;
  }
}
