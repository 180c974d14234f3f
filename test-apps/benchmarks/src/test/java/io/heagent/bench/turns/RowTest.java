package io.heagent.bench.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.bench.measured.ConnectBatches.Way;
import io.heagent.bench.turns.Row.Lane;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  /** Also where the machine was twice as fast in one round: 40 and 44, then 20 and 22. */
  @Test
  void theRatioOfTheMediansIsTheMedianOfTheRatios() {
    Lane without = new Lane("without", 0, "good.test");
    Lane with = new Lane("with", 1, "good.test");
    Row row = new Row("blocking", Way.SOCKET, List.of(without, with));
    for (double micros : new double[] {40, 20}) {
      without.median().add(micros);
      with.median().add(1.1);
    }
    assertEquals("30.0 (20.0..40.0)", row.micros(0).range());
    assertEquals("33.0 (33.0..33.0)", row.micros(1).range());
  }
}
