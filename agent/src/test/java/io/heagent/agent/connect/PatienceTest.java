package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.Neighbourhood.Part;
import org.junit.jupiter.api.Test;

/** An address that was silent for a program's whole timeout is not given another one. */
class PatienceTest extends Walking {

  /** [refused, silent]: without the agent that is one timeout, so it must not be two with it. */
  @Test
  void whoWasSilentForTheWholeTimeoutIsNotWaitedForAgain() {
    silent(begun(Part.RACE, to(A, SECOND)), SECOND * 95 / 100, B, A, B, C);
    failed(begun(Part.GIVE_UP, to(B, SECOND)), B);
    begun(Part.STEP_ASIDE, to(C, SECOND));
  }

  /** A slow server has all the time that the program gives it. */
  @Test
  void whoWasNotGivenTheWholeTimeoutIsWaitedFor() {
    silent(begun(Part.RACE, to(A, SECOND)), SECOND * 95 / 100 - 1, B, A, B);
    begun(Part.STEP_ASIDE, to(B, SECOND));
  }

  @Test
  void aLongerTimeoutOrNoneIsTheProgramsWish() {
    silent(begun(Part.RACE, to(A, SECOND)), SECOND, B, A, B);
    failed(begun(Part.STEP_ASIDE, to(B, 2 * SECOND)), B);
    silent(begun(Part.RACE, to(A, SECOND)), SECOND, B, A, B);
    begun(Part.STEP_ASIDE, to(B, 0));
  }

  /** A channel has no timeout but the program's patience, after which it is closed. */
  @Test
  void whoWasSilentUntilTheProgramClosedItsChannelIsNotWaitedForAgain() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, beginAsync(first));
    first.patience = 2 * SECOND;
    silent(first, 2 * SECOND * 95 / 100, B, A, B, C);
    ConnectCall second = to(B);
    assertEquals(Part.GIVE_UP, beginAsync(second));
    failed(second, B);
    assertEquals(Part.STEP_ASIDE, beginAsync(to(C)));
  }

  @Test
  void aChannelThatWasClosedSoonSaysNothingOfPatience() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, beginAsync(first));
    first.patience = Walk.SHORTEST_PATIENCE_NANOS - 1;
    silent(first, first.patience, B, A, B);
    assertEquals(Part.STEP_ASIDE, beginAsync(to(B)));
  }

  @Test
  void anAddressThatHadLessThanTheProgramsPatienceIsWaitedFor() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, beginAsync(first));
    first.patience = 2 * SECOND;
    silent(first, SECOND, B, A, B);
    assertEquals(Part.STEP_ASIDE, beginAsync(to(B)));
  }

  /** The system's own timeout, two minutes, is not paid twice either. */
  @Test
  void whomTheSystemHasGivenUpOnIsNotWaitedForAgain() {
    silent(begun(Part.RACE, to(A)), ConnectCall.NEVER, B, A, B);
    begun(Part.GIVE_UP, to(B));
  }

  /** What another thread has waited for is no time of this one's. */
  @Test
  void onlyTheSameThreadIsNotMadeToWaitAgain() {
    silent(begun(Part.RACE, elsewhere(A)), SECOND, B, A, B);
    begun(Part.STEP_ASIDE, to(B, SECOND));
  }
}
