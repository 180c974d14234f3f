package io.heagent.engine.race;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Attempts that have a delay different from the race's (RFC 8305 section 5), on the virtual clock.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the log tells what happened
class AttemptDelayTest {
  private final Lab lab = new Lab();

  @Test
  void eachAttemptMayHaveItsOwn() {
    lab.start(source(100, 400, -1, 0, Long.MAX_VALUE, 0), RaceOptions.defaults());
    lab.time.at(60_000);
    assertEquals(
        List.of("0 start 0", "100 start 1", "500 start 2", "750 start 3", "760 start 4"), lab.log);
  }

  @Test
  void itCountsWithoutATimerToo() {
    lab.start(source(300, -1, 0), RaceOptions.defaults().sequential());
    lab.time.at(60_000);
    assertEquals(List.of("0 start 0", "300 start 1"), lab.log);
  }

  private AttemptSource<String> source(long... millis) {
    return AttemptSource.of(LongStream.of(millis).mapToObj(this::waiting).toList());
  }

  private Attempt<String> waiting(long millis) {
    Attempt<String> plain = lab.waiting();
    return new Attempt<>() {
      @Override
      public long delayNanos() {
        return millis < 0 || millis == Long.MAX_VALUE ? millis : millis * 1_000_000;
      }

      @Override
      public void start(AttemptContext<String> context) throws Exception {
        plain.start(context);
      }
    };
  }
}
