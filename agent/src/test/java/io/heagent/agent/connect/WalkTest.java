package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.Neighbourhood.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that walk the list by themselves: n addresses are not dialled n times n. */
class WalkTest extends Walking {

  @Test
  void whatARaceHasTriedInVainIsSteppedAsideFor() {
    failed(begun(Part.RACE, to(A)), A, B, C);
    failed(begun(Part.STEP_ASIDE, to(B)), B);
    failed(begun(Part.STEP_ASIDE, to(C)), C);
    assertEquals(List.of(), begun(Part.RACE, elsewhere(A)).walked);
  }

  /** The steps' own timeouts, here 30 s each, say nothing about when the program goes on. */
  @Test
  void memoryCountsFromTheEndOfTheLastStep() {
    ConnectCall first = begun(Part.RACE, to(A));
    now += 30 * SECOND;
    failed(first, A, B, C);
    now += Walk.PAUSE_NANOS - 1;
    ConnectCall second = begun(Part.STEP_ASIDE, to(B));
    now += 30 * SECOND;
    failed(second, B);
    now += Walk.PAUSE_NANOS - 1;
    ConnectCall third = begun(Part.STEP_ASIDE, to(C));
    now += 30 * SECOND;
    failed(third, C);
    now += Walk.PAUSE_NANOS;
    assertEquals(List.of(), begun(Part.RACE, to(D)).walked);
  }

  /** A name walked long ago has every address again. */
  @Test
  void aPauseEndsTheWalk() {
    failed(begun(Part.RACE, to(A)), A, B, C);
    now += Walk.PAUSE_NANOS;
    assertEquals(List.of(), begun(Part.RACE, to(B)).walked);
  }

  /** The first race had no time for the whole list; the next one goes on where it ended. */
  @Test
  void aLaterRaceOfTheWalkTriesNothingTwice() {
    failed(begun(Part.RACE, to(A)), A, B);
    failed(begun(Part.STEP_ASIDE, to(B)), B);
    ConnectCall third = begun(Part.RACE, to(C));
    assertEquals(Ip.list(A, B), third.walked);
    failed(third, C, D);
    failed(begun(Part.STEP_ASIDE, to(D)), D);
  }

  /** A race that was too short for any sibling: nobody else is tried, and nothing is squared. */
  @Test
  void aFailureOfOneAddressBeginsAWalkToo() {
    failed(begun(Part.RACE, to(A)), A);
    ConnectCall second = begun(Part.RACE, to(B));
    assertEquals(Ip.list(A), second.walked);
    failed(second, B);
    assertEquals(Ip.list(A, B), begun(Part.RACE, to(C)).walked);
  }

  /** That is a retry, and it deserves every address. */
  @Test
  void anAddressRequestedBeforeBeginsAnew() {
    failed(begun(Part.RACE, to(A)), A, B, C);
    failed(begun(Part.STEP_ASIDE, to(B)), B);
    ConnectCall again = begun(Part.RACE, to(A));
    assertEquals(List.of(), again.walked);
    failed(again, A);
    assertEquals(Ip.list(A), begun(Part.RACE, to(B)).walked);
  }

  @Test
  void aSuccessEndsTheWalk() {
    failed(begun(Part.RACE, to(A)), A, B, C);
    ConnectCall second = begun(Part.STEP_ASIDE, to(B));
    second.connected = true;
    neighbours.end(second, now);
    assertEquals(0, neighbours.size());
    assertEquals(List.of(), begun(Part.RACE, to(C)).walked);
  }

  @Test
  void aConnectThatHasTriedNothingSaysNothing() {
    failed(begun(Part.RACE, to(A)));
    assertEquals(0, neighbours.size());
    assertEquals(List.of(), begun(Part.RACE, to(B)).walked);
  }

  @Test
  void otherNamesAndPortsAreNotWalked() {
    failed(begun(Part.RACE, to(A)), A, B);
    assertEquals(List.of(), begun(Part.RACE, Calls.to("other.example", 443, B)).walked);
    assertEquals(List.of(), begun(Part.RACE, Calls.to("host.example", 80, B)).walked);
  }

  /** Event loops take the next step on whatever thread. */
  @Test
  void anotherThreadMayTakeTheNextStep() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, beginAsync(first));
    failed(first, A, B);
    ConnectCall second = elsewhere(B);
    assertEquals(Part.STEP_ASIDE, beginAsync(second));
    failed(second, B);
    ConnectCall third = to(C);
    assertEquals(Part.RACE, beginAsync(third));
    assertEquals(Ip.list(A, B), third.walked);
  }

  /** Each failed race explains one connect at a time, not those of the whole program. */
  @Test
  void aWalkHasOneStepAtATime() {
    failed(begun(Part.RACE, to(A)), A, B, C);
    begun(Part.STEP_ASIDE, to(B));
    assertEquals(List.of(), begun(Part.RACE, elsewhere(B)).walked);
  }

  @Test
  void twoThreadsWalkSideBySide() {
    ConnectCall mine = begun(Part.RACE, to(A));
    ConnectCall theirs = begun(Part.RACE, elsewhere(A));
    failed(mine, A, B);
    mine = begun(Part.STEP_ASIDE, to(B));
    assertFalse(theirs.alone, "a step of a walk is no sign of a program that races");
    failed(mine, B);
    mine = begun(Part.RACE, to(C));
    assertFalse(theirs.alone, "nor is a race of a walk on the thread that failed before");
    assertEquals(Ip.list(A, B), mine.walked);
    failed(theirs, A, B, C, D);
    theirs = begun(Part.STEP_ASIDE, elsewhere(B));
    failed(theirs, B);
    failed(mine, C, D);
    // Each thread goes on with its own walk, whichever was the last to take a step.
    assertEquals(List.of(), begun(Part.RACE, to(A)).walked);
    mine = begun(Part.STEP_ASIDE, to(D));
    theirs = begun(Part.STEP_ASIDE, elsewhere(C));
    assertTrue(mine.walk != theirs.walk);
  }

  @Test
  void whoBeginsBesideAWalkIsRaced() {
    failed(begun(Part.RACE, to(A)), A, B);
    begun(Part.STEP_ASIDE, to(B));
    ConnectCall beside = begun(Part.RACE, elsewhere(A));
    assertFalse(beside.alone);
    assertEquals(List.of(), beside.walked);
  }

  /** A failure and the next address at once, on an event loop: it may be a race of the program. */
  @Test
  void aRaceOfAWalkOnAnEventLoopIsASign() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, beginAsync(first));
    failed(first, A);
    ConnectCall second = to(B);
    assertEquals(Part.RACE, beginAsync(second));
    assertEquals(Part.STAND_DOWN, beginAsync(to(C)));
    assertTrue(second.alone);
  }

  @Test
  void walksAreBounded() {
    List<ConnectCall> calls = new ArrayList<>();
    for (int i = 0; i < 3 * Neighbourhood.MAX_WALKS; i++) {
      calls.add(begun(Part.RACE, to(A)));
    }
    for (ConnectCall call : calls) {
      failed(call, A, B);
    }
    for (int i = 0; i < Neighbourhood.MAX_WALKS; i++) {
      begun(Part.STEP_ASIDE, to(B));
    }
    begun(Part.RACE, to(B));
  }
}
