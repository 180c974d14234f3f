package io.heagent.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.check.result.AttemptSpan;
import io.heagent.agent.check.result.CheckedRace;
import io.heagent.agent.check.result.CheckedRace.End;
import io.heagent.agent.check.result.LeftOut;
import io.heagent.agent.check.result.LeftOut.Reason;
import io.heagent.agent.check.result.LookupSpan;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.resolve.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine tells becomes a race, to the microsecond. */
class RaceRecorderTest {
  private static final long MICRO = 1_000L;

  @Test
  void eachEventHasItsTime() {
    CheckedRace race = Races.deadFirst();
    List<LookupSpan> lookups =
        List.of(
            new LookupSpan(
                "IPv4 and IPv6",
                200 * MICRO,
                3_300 * MICRO,
                EventTape.addresses("192.0.2.1", "192.0.2.2", "192.0.2.3"),
                null));
    assertEquals(lookups, race.lookups());
    List<AttemptSpan> attempts =
        List.of(
            new AttemptSpan(
                0,
                EventTape.address("192.0.2.1"),
                EventTape.address("198.51.100.7"),
                3_500 * MICRO,
                255_900 * MICRO,
                Outcome.LOST,
                "overtaken"),
            new AttemptSpan(
                1,
                EventTape.address("192.0.2.2"),
                EventTape.address("198.51.100.7"),
                253_500 * MICRO,
                255_900 * MICRO,
                Outcome.WON,
                "connected"));
    assertEquals(attempts, race.attempts());
    assertEquals(attempts.get(1), race.winner());
    assertEquals(256_000 * MICRO, race.endNanos());
    assertEquals(3_300 * MICRO, race.lookedUpNanos());
    assertEquals(EventTape.address("192.0.2.1"), race.requested());
  }

  @Test
  void anAddressWithoutItsTurnIsLeftOut() {
    LeftOut third =
        new LeftOut(
            EventTape.address("192.0.2.3"),
            Reason.TURN,
            "the race was over before its turn had come");
    assertEquals(List.of(third), Races.deadFirst().leftOut());
  }

  /**
   * Options of the check keep addresses from the race, but not from a program without the agent.
   */
  @Test
  void theJdkAloneDialsTheFirstAddressThatItFinds() {
    LeftOut first = new LeftOut(EventTape.address("192.0.2.1"), Reason.FAMILY, "--family=6");
    CheckedRace race =
        new EventTape()
            .asked()
            .answered(
                EventTape.addresses("192.0.2.1", "2001:db8::2"),
                EventTape.addresses("2001:db8::2"),
                List.of(first))
            .started(0, "2001:db8::2")
            .won(0, "2001:db8::2")
            .finished()
            .race(End.CONNECTED, null);
    assertEquals(EventTape.address("192.0.2.1"), race.requested());
    assertEquals(List.of(first), race.leftOut());
  }

  @Test
  void anAddressWithoutARouteHasNoSource() {
    assertNull(Races.allDead().attempts().get(1).source());
  }

  @Test
  void anAnswerAfterTheEndIsNoPartOfTheRace() {
    EventTape tape = new EventTape().asked().at(5_000).finished();
    tape.at(9_000).answered("192.0.2.1");
    CheckedRace race = tape.race(End.TIMED_OUT, "Connect timed out");
    assertEquals(
        List.of(new LookupSpan("IPv4 and IPv6", 0, 5_000 * MICRO, List.of(), "no answer")),
        race.lookups());
    assertEquals(List.of(), race.leftOut());
    assertNull(race.requested());
  }

  /** A program without the agent would wait for it. */
  @Test
  void anAnswerThatTheRaceHasNotWaitedForIsLate() {
    CheckedRace race = Races.lateIpv6();
    assertEquals(
        List.of(
            new LookupSpan(
                "IPv6", 300 * MICRO, 2_504_000 * MICRO, EventTape.addresses("2001:db8::2"), null),
            new LookupSpan(
                "IPv4", 300 * MICRO, 12_000 * MICRO, EventTape.addresses("192.0.2.1"), null)),
        race.lookups());
    assertEquals(64_000 * MICRO, race.endNanos());
    assertEquals(2_504_000 * MICRO, race.lookedUpNanos());
    assertEquals(EventTape.address("192.0.2.1"), race.requested());
    assertEquals(
        List.of(
            new LeftOut(
                EventTape.address("2001:db8::2"),
                Reason.TURN,
                "the race was over before its turn had come")),
        race.leftOut());
  }

  /** The JDK dials it first, whichever answer was first. */
  @Test
  void theJdkAlonePrefersAFamily() {
    EventTape tape = new EventTape().askedApart();
    tape.answered(Question.IPV6, "2001:db8::2").answered(Question.IPV4, "192.0.2.1");
    tape.started(0, "2001:db8::2").won(0, "2001:db8::2").finished();
    assertEquals(EventTape.address("192.0.2.1"), tape.race(End.CONNECTED, null).requested());
  }

  @Test
  void anAnswerThatNeverCameIsWaitedForUntilTheCheckGivesUp() {
    EventTape tape = new EventTape().askedApart();
    tape.at(1_000).answered(Question.IPV4, "192.0.2.1").started(0, "192.0.2.1");
    tape.at(52_000).won(0, "192.0.2.1").finished();
    CheckedRace race = tape.at(5_000_000).race(End.CONNECTED, null);
    assertEquals(
        new LookupSpan("IPv6", 0, 5_000_000 * MICRO, List.of(), "no answer"),
        race.lookups().get(0));
    assertTrue(race.isLookedUpLonger());
  }

  /** JDK 17 can ask for IPv4 alone, but not for IPv6. */
  @Test
  void anAddressOfTwoAnswersCountsOnce() {
    EventTape tape = new EventTape().answered("192.0.2.1", "2001:db8::2");
    tape.answered(Question.IPV4, "192.0.2.1").started(0, "192.0.2.1").finished();
    CheckedRace race = tape.race(End.TIMED_OUT, "Connect timed out");
    assertEquals(1, race.leftOut().size());
  }

  @Test
  void aFailedLookUpOfOneFamilyHasFoundNoAddress() {
    EventTape tape = new EventTape().askedApart().unanswered(Question.IPV6).finished();
    assertEquals("no address", tape.race(End.NO_ADDRESS, "").lookups().get(0).failure());
  }

  @Test
  void aFailedLookUpHasNoAddresses() {
    assertEquals(
        List.of(new LookupSpan("IPv4 and IPv6", 0, 8_000 * MICRO, List.of(), "failed")),
        Races.unknown().lookups());
  }

  @Test
  void progressNamesWhatIsUnderWay() {
    EventTape tape = new EventTape().asked().answered("192.0.2.1", "192.0.2.2", "192.0.2.3");
    tape.started(0, "192.0.2.1").started(1, "192.0.2.2").refused(1, "192.0.2.2");
    tape.started(2, "192.0.2.3");
    assertEquals(
        List.of(
            "looking up",
            "waiting for 192.0.2.1",
            "waiting for 192.0.2.1, 192.0.2.2",
            "waiting for 192.0.2.1, 192.0.2.3"),
        tape.progress());
  }
}
