package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A walk is no longer than without the agent, but for one delay: what a step has waited for other
 * addresses than its own, these have no more when their own step comes. Each is dialled all the
 * same, and none has less time than it had without the agent.
 */
class PaidTimeTest extends Connects {

  private static long timeout(Connect connect) {
    return connect.ticket.timeoutNanos() / MS;
  }

  /** A race that began with a refusal and ended with the timeout of a silent sibling. */
  private void refusedThenSilent(long millis, String... silentAndOthers) {
    Connect first = begun(to(A, SECOND));
    now += SECOND;
    first.late = SECOND;
    silent(first, millis * MS, silentAndOthers[0], silentAndOthers);
  }

  /** [refused, silent]: without the agent that is one timeout, so it must not be two with it. */
  @Test
  void whoWasSilentForTheWholeTimeoutIsDialledAgainAndHasTheDelay() {
    refusedThenSilent(990, B, A, C);
    assertEquals(250, timeout(begun(to(B, SECOND))));
  }

  /** A slow server has all the time that the program gives it. */
  @Test
  void whoHadAPartOfTheTimeoutHasTheRest() {
    refusedThenSilent(600, B, A);
    assertEquals(400, timeout(begun(to(B, SECOND))));
  }

  @Test
  void aLongerTimeoutIsTheProgramsWish() {
    refusedThenSilent(1000, B, A);
    assertEquals(1000, timeout(begun(to(B, 2 * SECOND))));
  }

  @Test
  void noTimeoutStaysNone() {
    refusedThenSilent(1000, B, A);
    assertEquals(0, timeout(begun(to(B, 0))));
  }

  @Test
  void aTimeoutShorterThanTheDelayIsNotMadeLonger() {
    refusedThenSilent(1000, B, A);
    assertEquals(100, timeout(begun(to(B, 100 * MS))));
  }

  /** [silent, silent]: the first address has used its own time, and owes the second nothing. */
  @Test
  void whoWaitedForItsOwnAddressTakesNothingFromTheNext() {
    Connect first = begun(to(A, SECOND));
    now += SECOND;
    silent(first, 750 * MS, B, A, B);
    assertEquals(1000, timeout(begun(to(B, SECOND))));
  }

  @Test
  void whoWasNotWaitedForHasItsWholeTime() {
    refusedThenSilent(1000, B, A);
    assertEquals(1000, timeout(begun(to(C, SECOND))));
  }

  /** [refused, silent, silent]: 1 s and 1 s without the agent, and all together with it. */
  @Test
  void whatIsPaidIsPaidOnce() {
    refusedThenSilent(1000, B, A, C);
    Connect second = begun(to(B, SECOND));
    assertEquals(250, timeout(second));
    now += 250 * MS;
    second.silent = Map.of(Ip.of(B), 250 * MS, Ip.of(C), 900 * MS);
    failed(second, B);
    // 1,250 ms have passed where it were 1,000 without the agent.
    assertEquals(750, timeout(begun(to(C, SECOND))));
  }

  /** The second address is back, and refuses: that has taken no time, so all is still owed. */
  @Test
  void aShortStepLeavesThePaidTimeToTheNext() {
    Connect first = begun(to(A, SECOND));
    first.late = SECOND;
    first.silent = Map.of(Ip.of(B), SECOND, Ip.of(C), 750 * MS);
    failed(first, A, B, C);
    failed(begun(to(B, SECOND)), B);
    assertEquals(250, timeout(begun(to(C, SECOND))));
  }

  /** A retry has its whole timeout, whatever was waited for before. */
  @Test
  void aRetryOwesNothing() {
    refusedThenSilent(1000, B, A);
    now += 500 * MS;
    assertEquals(1000, timeout(begun(to(B, SECOND))));
  }

  /** What another thread has waited for is no time of this one's. */
  @Test
  void onlyTheSameThreadOwes() {
    Connect first = begun(on(-1, to(A, SECOND)));
    first.late = SECOND;
    silent(first, SECOND, B, A, B);
    assertEquals(1000, timeout(begun(to(B, SECOND))));
  }

  /** Its timeout, if there is one, is the program's own affair. */
  @Test
  void aChannelHasAllTheTimeThatTheProgramGivesIt() {
    Connect first = begunAsync(to(A));
    first.late = SECOND;
    silent(first, SECOND, B, A, B);
    assertEquals(0, timeout(begunAsync(to(B))));
  }
}
