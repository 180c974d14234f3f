package io.heagent.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingTest {
  @Test
  void eachRaceWithItsAttempts() {
    assertEquals(
        Optional.empty(), new Recording(Map.of(1L, 3, 2L, 1), Map.of(1L, 3, 2L, 1)).missing());
  }

  @Test
  void noRace() {
    assertEquals(
        Optional.of("the recording has no race"), new Recording(Map.of(), Map.of()).missing());
  }

  @Test
  void anAttemptIsMissing() {
    assertEquals(
        Optional.of("the races say {1=3} attempts, the recording has {1=2}"),
        new Recording(Map.of(1L, 3), Map.of(1L, 2)).missing());
  }

  @Test
  void anAttemptOfNoRace() {
    assertEquals(
        Optional.of("the races say {1=1} attempts, the recording has {2=1}"),
        new Recording(Map.of(1L, 1), Map.of(2L, 1)).missing());
  }
}
