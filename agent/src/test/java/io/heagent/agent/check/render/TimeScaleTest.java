package io.heagent.agent.check.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeScaleTest {
  private static final long MILLI = 1_000_000L;

  @Test
  void placesAreProportional() {
    TimeScale scale = new TimeScale(200 * MILLI, 50);
    assertEquals(0, scale.place(0));
    assertEquals(0, scale.place(-1));
    assertEquals(25, scale.place(100 * MILLI));
    assertEquals(50, scale.place(200 * MILLI));
    assertEquals(50, scale.place(300 * MILLI));
    assertEquals(49, scale.column(200 * MILLI));
  }

  @Test
  void ticksAreRoundAndNotTooMany() {
    assertEquals(List.of(0L, 100 * MILLI, 200 * MILLI), new TimeScale(256 * MILLI, 40).ticks(10));
    assertEquals(List.of(0L, 200 * MILLI), new TimeScale(256 * MILLI, 20).ticks(10));
    assertEquals(List.of(0L, 200 * MILLI), new TimeScale(256 * MILLI, 8).ticks(10));
    assertEquals(List.of(0L, MILLI / 2, MILLI), new TimeScale(1_200_000, 30).ticks(10));
  }

  @Test
  void aRaceOfNoTimeHasAnAxisToo() {
    TimeScale scale = new TimeScale(0, 20);
    assertEquals(List.of(0L), scale.ticks(10));
    assertEquals(0, scale.column(0));
  }
}
