package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that walk the list by themselves: n addresses are not dialled n times n. */
class FailoverSequenceTest extends Connects {

  private static void assertAnew(Connect connect) {
    assertEquals(List.of(), connect.excluded());
  }

  private static void assertStep(Connect connect, String... walked) {
    assertEquals(Ip.list(walked), connect.excluded());
  }

  /** Each step dials its own address; of its siblings only what no race has tried. */
  @Test
  void whatARaceHasTriedInVainIsNotTriedAgainForTheNextStep() {
    failed(begun(to(A)), A, B, C);
    Connect second = begun(to(B));
    assertStep(second, A, B, C);
    failed(second, B);
    Connect third = begun(to(C));
    assertStep(third, A, B, C);
    failed(third, C);
    assertAnew(begun(elsewhere(A)));
  }

  /** The steps' own timeouts, here 30 s each, say nothing about when the program goes on. */
  @Test
  void memoryCountsFromTheEndOfTheLastStep() {
    Connect first = begun(to(A));
    now += 30 * SECOND;
    failed(first, A, B, C);
    now += 250 * MS - 1;
    Connect second = begun(to(B));
    assertStep(second, A, B, C);
    now += 30 * SECOND;
    failed(second, B);
    now += 250 * MS - 1;
    Connect third = begun(to(C));
    assertStep(third, A, B, C);
    now += 30 * SECOND;
    failed(third, C);
    now += 250 * MS;
    assertAnew(begun(to(D)));
  }

  /** A program that waits before it tries again deserves every address again. */
  @Test
  void aPauseIsARetryAndEndsTheWalk() {
    failed(begun(to(A)), A, B, C);
    now += 250 * MS;
    assertAnew(begun(to(B)));
  }

  /** The first race had no time for the whole list; the next one goes on where it ended. */
  @Test
  void aLaterRaceOfTheWalkTriesNothingTwice() {
    failed(begun(to(A)), A, B);
    Connect second = begun(to(B));
    assertStep(second, A, B);
    failed(second, B, C);
    Connect third = begun(to(C));
    assertStep(third, A, B, C);
    failed(third, C, D);
    assertStep(begun(to(D)), A, B, C, D);
  }

  /** A race that was too short for any sibling: nobody else is tried, and nothing is squared. */
  @Test
  void aFailureOfOneAddressBeginsAWalkToo() {
    failed(begun(to(A)), A);
    Connect second = begun(to(B));
    assertStep(second, A);
    failed(second, B);
    assertStep(begun(to(C)), A, B);
  }

  /** That is a retry, and it deserves every address. */
  @Test
  void anAddressRequestedBeforeBeginsAnew() {
    failed(begun(to(A)), A, B, C);
    failed(begun(to(B)), B);
    Connect again = begun(to(A));
    assertAnew(again);
    failed(again, A);
    assertStep(begun(to(B)), A);
  }

  @Test
  void aSuccessEndsTheWalk() {
    failed(begun(to(A)), A, B, C);
    connected(begun(to(B)));
    assertEquals(0, registry.size());
    assertAnew(begun(to(C)));
  }

  @Test
  void aConnectThatHasTriedNothingSaysNothing() {
    failed(begun(to(A)));
    assertEquals(0, registry.size());
    assertAnew(begun(to(B)));
  }

  /** Something of ours broke: the race was given up, and the connect has gone on without it. */
  @Test
  void aRaceThatWasGivenUpIsNoFailure() {
    Connect first = begunAsync(to(A));
    Connect stranger = begunAsync(elsewhere(B));
    failed(first);
    assertAnew(stranger);
    assertAnew(begunAsync(to(B)));
  }

  @Test
  void aStepWhoseRaceWasGivenUpEndsTheWalk() {
    failed(begunAsync(to(A)), A, B, C);
    Connect second = begunAsync(to(B));
    assertStep(second, A, B, C);
    failed(second);
    assertEquals(0, registry.size());
    assertAnew(begunAsync(to(C)));
  }

  @Test
  void otherNamesAndPortsAreNotWalked() {
    failed(begun(to(A)), A, B);
    assertAnew(begun(new Connect("other.example", 443, B)));
    assertAnew(begun(new Connect("host.example", 80, B)));
  }

  /** One thread's failure says nothing of what another one means. */
  @Test
  void blockingStepsAreTakenByOneThread() {
    failed(begun(to(A)), A, B);
    assertAnew(begun(elsewhere(B)));
    assertStep(begun(to(B)), A, B);
  }

  /** Event loops take the next step on whatever thread. */
  @Test
  void channelsStepsAreTakenByAnyThread() {
    failed(begunAsync(to(A)), A, B);
    Connect second = begunAsync(elsewhere(B));
    assertStep(second, A, B);
    failed(second, B);
    assertStep(begunAsync(to(C)), A, B);
  }

  @Test
  void channelsAndBlockingConnectsDoNotContinueEachOther() {
    failed(begunAsync(to(A)), A, B);
    assertAnew(begun(to(B)));
    failed(begun(to(C)), C);
    assertStep(begunAsync(to(B)), A, B);
  }

  /** Each failed race explains one connect at a time, not those of the whole program. */
  @Test
  void aWalkHasOneStepAtATime() {
    failed(begunAsync(to(A)), A, B, C);
    assertStep(begunAsync(to(B)), A, B, C);
    assertAnew(begunAsync(to(B)));
  }

  @Test
  void twoThreadsWalkSideBySide() {
    Connect mine = begun(to(A));
    Connect theirs = begun(elsewhere(A));
    failed(mine, A, B);
    failed(theirs, A, B, C, D);
    mine = begun(to(B));
    assertStep(mine, A, B);
    theirs = begun(elsewhere(B));
    assertStep(theirs, A, B, C, D);
    assertNotSame(mine.ticket.sequence(), theirs.ticket.sequence());
  }

  @Test
  void whoBeginsBesideAWalkIsRaced() {
    failed(begun(to(A)), A, B);
    begun(to(B));
    assertAnew(begun(elsewhere(A)));
  }

  /** Its own races are its own business: they explain nobody else's connect. */
  @Test
  void aProgramThatRacesByItselfWalksNoList() {
    Connect racer = begun(to(A));
    racer.alone = true;
    failed(racer, A);
    assertEquals(0, registry.size());
    assertAnew(begun(to(B)));
  }

  /** Apache's asynchronous client and Netty's users connect first, and close the old one then. */
  @Test
  void theNextStepMayBeginBeforeTheProgramClosesTheChannelOfTheLast() {
    Connect first = begunAsync(to(A));
    now += 3 * SECOND;
    Connect second = begunAsync(elsewhere(B));
    assertAnew(second);
    now += 250 * MS - 1;
    closed(first, A, B);
    assertStep(second, A, B);
    failed(second, B);
    assertStep(begunAsync(to(C)), A, B);
  }

  @Test
  void whatBeganLongBeforeTheCloseIsNoStep() {
    Connect first = begunAsync(to(A));
    Connect other = begunAsync(elsewhere(B));
    now += 250 * MS;
    closed(first, A, B);
    assertAnew(other);
    assertStep(begunAsync(to(B)), A, B);
  }

  @Test
  void whatBeganBeforeAFailureThatTheProgramOnlyLearnsOfIsNoStep() {
    Connect first = begunAsync(to(A));
    Connect other = begunAsync(elsewhere(B));
    failed(first, A, B);
    assertAnew(other);
  }

  @Test
  void ofTheConnectsBeforeACloseThatOfTheSameThreadIsTheStep() {
    Connect first = begunAsync(to(A));
    now += 3 * SECOND;
    Connect stranger = begunAsync(elsewhere(B));
    Connect mine = begunAsync(to(B));
    closed(first, A, B);
    assertAnew(stranger);
    assertStep(mine, A, B);
  }

  @Test
  void whoHasEndedOrIsOnAWalkIsNotMadeAStep() {
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(A));
    now += 3 * SECOND;
    Connect ended = begunAsync(to(B));
    connected(ended);
    Connect step = begunAsync(to(B));
    closed(first, A, B);
    assertStep(step, A, B);
    closed(second, A, B, C);
    assertStep(step, A, B);
    assertAnew(ended);
  }

  @Test
  void walksAreBounded() {
    List<Connect> connects = new ArrayList<>();
    for (int i = 0; i < 3 * EndpointState.MAX_SEQUENCES; i++) {
      connects.add(begun(to(A)));
    }
    for (Connect connect : connects) {
      failed(connect, A, B);
    }
    for (int i = 0; i < EndpointState.MAX_SEQUENCES; i++) {
      assertStep(begun(to(B)), A, B);
    }
    assertAnew(begun(to(B)));
  }
}
