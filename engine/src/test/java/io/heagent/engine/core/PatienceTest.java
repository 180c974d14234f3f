package io.heagent.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long a race without a deadline goes on after the attempt at the requested address has failed.
 */
class PatienceTest {

  /** [refused, silent]: the bound counts from the newest start. */
  @Test
  void silenceIsWaitedForABoundedTimeOnceTheOneMeantHasFailed() {
    Track track = Track.of(2).outliving(0, 2500).at(2).failLocally(0).at(10_000);
    assertEquals(
        List.of("0 start 0", "2 start 1", "2502 cancel 1 TIMED_OUT", "2502 TIMED_OUT"), track.log);
    assertEquals("FAILED TIMED_OUT", track.outcomes());
    assertEquals(RaceCore.NEVER, track.core.wakeAt());
  }

  /** While the requested address is still pending, the failures of others set no bound. */
  @Test
  void theOneMeantIsWaitedForWithoutBound() {
    Track track = Track.of(3).outliving(0, 2500).at(300).fail(1).at(400).fail(2).at(100_000);
    assertEquals("RUNNING FAILED FAILED", track.outcomes());
    assertEquals(RaceCore.NEVER, track.core.wakeAt());
  }

  /** Every candidate is started first, and has its time. */
  @Test
  void theBoundCountsFromTheNewestStart() {
    Track track = Track.of(4).outliving(0, 2500).at(2).failLocally(0).at(10_000);
    assertEquals("502 start 3", track.log.get(3));
    assertEquals("3002 TIMED_OUT", track.log.get(track.log.size() - 1));
  }

  @Test
  void whereTheOneMeantFailsLateTheRaceEndsThen() {
    Track track = Track.of(2).outliving(0, 2500).at(5000).fail(0).tick();
    assertEquals(
        List.of("0 start 0", "250 start 1", "5000 cancel 1 TIMED_OUT", "5000 TIMED_OUT"),
        track.log);
  }

  @Test
  void anAnswerAtTheLastMomentWins() {
    Track track = Track.of(2).outliving(0, 2500).at(2).failLocally(0).at(2502).win(1);
    assertEquals("2502 won 1", track.log.get(2));
  }

  /**
   * A good sibling whose first packet was lost still wins: the system sends the packet again after
   * a second.
   */
  @Test
  void oneLostPacketCostsNoCure() {
    Track track = Track.of(2).outliving(0, 2500).at(2).failLocally(0).at(1032).win(1);
    assertEquals(List.of("0 start 0", "2 start 1", "1032 won 1"), track.log);
  }

  @Test
  void theOneMeantNeedNotBeTheFirst() {
    Track track = Track.of(2).outliving(1, 2500).at(300).fail(1).at(10_000);
    assertEquals("2750 TIMED_OUT", track.log.get(track.log.size() - 1));
  }

  @Test
  void aSourceThatMayBringMoreIsWaitedFor() {
    Track track = Track.of(2).outliving(0, 2500).at(1).sourceFallsSilent().failLocally(0);
    assertEquals("FAILED", track.outcomes());
    track.at(60_000).sourceAnswers();
    assertEquals("60000 start 1", track.log.get(1));
    track.sourceAnswers().at(100_000);
    assertEquals("62500 TIMED_OUT", track.log.get(track.log.size() - 1));
  }

  @Test
  void moreCandidatesMakeItLonger() {
    Track track = Track.of(2).outliving(0, 2500).at(2).failLocally(0).at(1000).more(1).at(10_000);
    assertEquals("1000 start 2", track.log.get(2));
    assertEquals("3500 TIMED_OUT", track.log.get(track.log.size() - 1));
  }

  /** With the delay switched off, no further start becomes due while an attempt is silent. */
  @Test
  void strictlyOneAfterAnotherIsBoundedToo() {
    Track track = Track.sequential(3).outliving(0, 2500).at(2).failLocally(0).at(10_000);
    assertEquals(
        List.of("0 start 0", "2 start 1", "2502 cancel 1 TIMED_OUT", "2502 TIMED_OUT"), track.log);
  }

  @Test
  void anEarlierDeadlineStays() {
    Track track = Track.withDeadline(2, 700).outliving(0, 2500).at(2).failLocally(0).at(10_000);
    assertEquals("700 TIMED_OUT", track.log.get(track.log.size() - 1));
  }

  @Test
  void noneIsSaidMeansNoBound() {
    Track track = Track.of(2).outliving(0, RaceCore.NEVER / Track.MS).at(2).failLocally(0);
    assertEquals("FAILED RUNNING", track.at(100_000).outcomes());
  }
}
