package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.heagent.engine.address.Ip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Programs that go through the addresses by themselves: n addresses do not lead to n times n
 * attempts.
 */
class FailoverSequenceTest extends Connects {

  private static void assertAnew(Connect connect) {
    assertEquals(List.of(), connect.excluded());
  }

  private static void assertStep(Connect connect, String... walked) {
    assertEquals(Ip.list(walked), connect.excluded());
  }

  /** Each step dials its own address, and only those siblings that no earlier race has tried. */
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

  /** How long a step itself takes, here 30 s, does not count as a pause of the program. */
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

  /** A program that pauses before it tries again is raced over every address again. */
  @Test
  void aPauseIsARetryAndEndsTheWalk() {
    failed(begun(to(A)), A, B, C);
    now += 250 * MS;
    assertAnew(begun(to(B)));
  }

  /** If the first race had no time for the whole list, the next one goes on where it ended. */
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

  /** A race that was too short to dial a sibling begins a sequence too. */
  @Test
  void aFailureOfOneAddressBeginsAWalkToo() {
    failed(begun(to(A)), A);
    Connect second = begun(to(B));
    assertStep(second, A);
    failed(second, B);
    assertStep(begun(to(C)), A, B);
  }

  /** A connect to an address requested before is a retry, and is raced over every address. */
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

  /** If a race broke, it was given up, and the connect went on without it. */
  @Test
  void aRaceThatWasGivenUpIsNoFailure() {
    Connect first = begunAsync(to(A));
    Connect stranger = begunAsync(elsewhere(B));
    failed(first);
    assertAnew(stranger);
    Connect second = begunAsync(to(B));
    assertAnew(second);
    failed(second, B);
    assertStep(begunAsync(to(A)), B);
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

  /** The failure of a connect on one thread does not make the connect of another thread a step. */
  @Test
  void blockingStepsAreTakenByOneThread() {
    failed(begun(to(A)), A, B);
    assertAnew(begun(elsewhere(B)));
    assertStep(begun(to(B)), A, B);
  }

  /** The next step of a channel's sequence may be on any thread. */
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

  /** Each failed race has one next step, not several at the same time. */
  @Test
  void aWalkHasOneStepAtATime() {
    failed(begunAsync(to(A)), A, B, C);
    assertStep(begunAsync(to(B)), A, B, C);
    assertAnew(begunAsync(to(C)));
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

  /** A failure that was left to a client which races by itself begins no sequence. */
  @Test
  void aProgramThatRacesByItselfWalksNoList() {
    Connect racer = begun(to(A));
    racer.alone = true;
    failed(racer, A);
    assertEquals(0, registry.size());
    assertAnew(begun(to(B)));
  }

  /**
   * Apache's asynchronous client and clients on Netty begin the next connect before they close the
   * old channel.
   */
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

  @Test
  void theEndOfALaterConnectForgetsASequenceThatIsOver() {
    Connect first = begun(to(A));
    Connect other = begun(elsewhere(C));
    Connect last = begun(elsewhere(C));
    failed(first, A, B);
    now += 250 * MS - 1;
    connected(other);
    assertStep(begun(to(B)), A, B);
    connected(last);
    assertEquals(1, registry.size());
  }

  @Test
  void aNameIsKnownAsLongAsASequenceMayGoOn() {
    Connect other = begun(elsewhere(C));
    Connect last = begun(elsewhere(C));
    failed(begun(to(A)), A, B);
    now += 250 * MS - 1;
    connected(other);
    connected(last);
    assertEquals(1, registry.size());
  }

  @Test
  void aNameIsForgottenWithTheLastConnectOnceNoSequenceMayGoOn() {
    Connect other = begun(elsewhere(C));
    failed(begun(to(A)), A, B);
    now += 250 * MS;
    connected(other);
    assertEquals(0, registry.size());
  }

  /** A sequence is not over while one of its steps is under way, however long that takes. */
  @Test
  void aSequenceIsNotOverWhileAStepOfItIsPending() {
    failed(begun(to(A)), A, B);
    Connect step = begun(to(B));
    Connect other = begun(elsewhere(C));
    now += 10 * SECOND;
    connected(other);
    failed(step, B);
    assertStep(begun(to(C)), A, B);
  }

  @Test
  void ofTwoSequencesOfChannelsThisThreadsOwnGoesOn() {
    Connect mine = begunAsync(to(A));
    Connect theirs = begunAsync(elsewhere(A));
    failed(mine, A, B);
    failed(theirs, A, B, C);
    assertStep(begunAsync(to(D)), A, B);
    assertStep(begunAsync(to(D)), A, B, C);
  }

  @Test
  void ofTwoSequencesOfChannelsThisThreadsOwnGoesOnThoughItIsTheLater() {
    Connect mine = begunAsync(to(A));
    Connect theirs = begunAsync(elsewhere(A));
    failed(theirs, A, B, C);
    failed(mine, A, B);
    assertStep(begunAsync(to(D)), A, B);
    assertStep(begunAsync(to(D)), A, B, C);
  }

  @Test
  void ofTwoSequencesOfOtherThreadsTheLatestGoesOn() {
    Connect early = begunAsync(on(-2, to(A)));
    Connect late = begunAsync(on(-3, to(A)));
    failed(early, A, B);
    failed(late, A, B, C);
    assertStep(begunAsync(to(D)), A, B, C);
    assertStep(begunAsync(to(D)), A, B);
  }

  @Test
  void ofTwoSequencesOfThisThreadTheLatestGoesOn() {
    Connect early = begunAsync(to(A));
    Connect late = begunAsync(to(A));
    failed(early, A, B);
    failed(late, A, B, C);
    assertStep(begunAsync(to(D)), A, B, C);
  }

  /**
   * A connect that begins between the next step and the close, and is no step itself, does not hide
   * the step.
   */
  @Test
  void whatBeginsAfterTheNextStepDoesNotHideIt() {
    Connect first = begunAsync(to(A));
    now += 3 * SECOND;
    Connect step = begunAsync(elsewhere(B));
    now += 1 * MS;
    Connect other = begunAsync(on(-2, to(A)));
    closed(first, A, B);
    assertStep(step, A, B);
    assertAnew(other);
  }

  /** Sixteen connects of channels that began lately are remembered. */
  @Test
  void ofManyConnectsBeforeACloseTheFirstAreForgotten() {
    Connect first = begunAsync(to(A));
    now += 3 * SECOND;
    List<Connect> others = new ArrayList<>();
    others.add(begunAsync(to(B)));
    for (int i = 0; i < EndpointState.MAX_SEQUENCES; i++) {
      others.add(begunAsync(on(-10 - i, to(B))));
    }
    closed(first, A, B);
    // The connect of the same thread would have been preferred, but it has been forgotten; so the
    // oldest remembered one is the step.
    assertAnew(others.get(0));
    assertStep(others.get(1), A, B);
  }

  @Test
  void asManyAsAreRememberedHideNone() {
    Connect first = begunAsync(to(A));
    now += 3 * SECOND;
    Connect mine = begunAsync(to(B));
    for (int i = 1; i < EndpointState.MAX_SEQUENCES; i++) {
      begunAsync(on(-10 - i, to(B)));
    }
    closed(first, A, B);
    assertStep(mine, A, B);
  }

  /** The address lists of programs are shorter than that. */
  @Test
  void aSequenceHasSixtyFourStepsAtMost() {
    for (int i = 1; i <= 64; i++) {
      failed(begun(to("10.0.0." + i)), "10.0.0." + i);
    }
    assertAnew(begun(to("10.0.0.65")));
  }

  @Test
  void theLastOfSixtyFourStepsIsOne() {
    List<String> tried = new ArrayList<>();
    for (int i = 1; i < 64; i++) {
      tried.add("10.0.0." + i);
      failed(begun(to("10.0.0." + i)), "10.0.0." + i);
    }
    assertStep(begun(to("10.0.0.64")), tried.toArray(String[]::new));
  }
}
