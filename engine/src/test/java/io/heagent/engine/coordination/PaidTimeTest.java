package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.engine.address.Ip;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A failover sequence takes no longer than without the agent, except for one delay: the time for
 * which earlier steps have waited for an address is taken off the timeout of that address's own
 * step. Each address is dialled all the same, and the program waits for each as long as without the
 * agent.
 */
class PaidTimeTest extends Connects {

  private static long timeout(Connect connect) {
    return connect.ticket.timeoutNanos() / MS;
  }

  /** Fails a race that began with a refusal and then waited for silent siblings. */
  private void refusedThenSilent(long millis, String... silentAndOthers) {
    Connect first = begun(to(A, SECOND));
    now += SECOND;
    first.late = SECOND;
    silent(first, millis * MS, silentAndOthers[0], silentAndOthers);
  }

  /** [refused, silent] takes one timeout without the agent, so it must not take two with it. */
  @Test
  void whoWasSilentForTheWholeTimeoutIsDialledAgainAndHasTheDelay() {
    refusedThenSilent(990, B, A, C);
    assertEquals(250, timeout(begun(to(B, SECOND))));
  }

  /** A slow server that no earlier step has dialled has the whole timeout. */
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

  /**
   * [silent, silent]: the first step has waited for its own address, so nothing is taken off the
   * second.
   */
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

  /**
   * [refused, silent, silent] takes 1 s and 1 s without the agent, and no more in total with it.
   */
  @Test
  void whatIsPaidIsPaidOnce() {
    refusedThenSilent(1000, B, A, C);
    Connect second = begun(to(B, SECOND));
    assertEquals(250, timeout(second));
    now += 250 * MS;
    second.silent = Map.of(Ip.of(B), 250 * MS, Ip.of(C), 900 * MS);
    failed(second, B);
    // 1,250 ms have passed, and 1,000 would have without the agent.
    assertEquals(750, timeout(begun(to(C, SECOND))));
  }

  /**
   * The second address works again and refuses at once, so the time that earlier steps have waited
   * is taken off the third step.
   */
  @Test
  void aShortStepLeavesThePaidTimeToTheNext() {
    Connect first = begun(to(A, SECOND));
    first.late = SECOND;
    first.silent = Map.of(Ip.of(B), SECOND, Ip.of(C), 750 * MS);
    failed(first, A, B, C);
    failed(begun(to(B, SECOND)), B);
    assertEquals(250, timeout(begun(to(C, SECOND))));
  }

  /** A retry has the program's whole timeout. */
  @Test
  void aRetryOwesNothing() {
    refusedThenSilent(1000, B, A);
    now += 500 * MS;
    assertEquals(1000, timeout(begun(to(B, SECOND))));
  }

  /** The time that another thread has waited is not taken off. */
  @Test
  void onlyTheSameThreadOwes() {
    Connect first = begun(on(-1, to(A, SECOND)));
    first.late = SECOND;
    silent(first, SECOND, B, A, B);
    assertEquals(1000, timeout(begun(to(B, SECOND))));
  }

  /** A channel's connect has no timeout that could be shortened; the program measures it itself. */
  @Test
  void aChannelHasAllTheTimeThatTheProgramGivesIt() {
    Connect first = begunAsync(to(A));
    first.late = SECOND;
    silent(first, SECOND, B, A, B);
    assertEquals(0, timeout(begunAsync(to(B))));
  }
}
