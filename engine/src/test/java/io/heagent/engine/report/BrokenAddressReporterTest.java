package io.heagent.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.Ip;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broken address is reported once a day, and a single failure is not reported. */
class BrokenAddressReporterTest {

  private static final String DEAD = "192.0.2.1";
  private static final String GOOD = "192.0.2.2";
  private static final long MS = 1_000_000L;
  private static final long MINUTE = 60_000 * MS;

  private final List<String> said = new ArrayList<>();
  private final BrokenAddressReporter paths = new BrokenAddressReporter(said::add);

  private long now;

  private void race(AttemptRecord... attempts) {
    paths.ended("host.example", 443, Ip.list(DEAD, GOOD), List.of(attempts), now);
  }

  private AttemptRecord lost(long millis) {
    return new AttemptRecord(0, now - millis * MS, now, Outcome.LOST, null);
  }

  private AttemptRecord refused() {
    return new AttemptRecord(0, now, now, Outcome.FAILED, new ConnectException("refused"));
  }

  private AttemptRecord won() {
    return new AttemptRecord(1, now, now, Outcome.WON, null);
  }

  private void failsFor(int connects, long minutesBetween) {
    for (int i = 0; i < connects; i++) {
      now += minutesBetween * MINUTE;
      race(lost(250), won());
    }
  }

  @Test
  void saysItOnceADay() {
    failsFor(3, 1);
    assertEquals(List.of(), said, "three within two minutes may be a restart");
    failsFor(3, 1);
    assertEquals(
        List.of(
            "192.0.2.1 is broken from here: 6 connects in a row in 5 min failed there (no answer"
                + " in time; the last to host.example:443) while other addresses of the name"
                + " answered"),
        said);
    failsFor(60 * 24 - 1, 1);
    assertEquals(1, said.size());
    failsFor(1, 1);
    assertEquals(2, said.size());
  }

  @Test
  void twoFailuresAreNotEnoughHoweverFarApart() {
    failsFor(2, 60);
    assertEquals(List.of(), said);
    failsFor(1, 60);
    assertEquals(1, said.size());
  }

  @Test
  void answerInBetweenBeginsAnew() {
    failsFor(2, 10);
    paths.answered(Ip.of(DEAD));
    failsFor(2, 10);
    assertEquals(List.of(), said);
  }

  @Test
  void answerInARaceBeginsAnewToo() {
    failsFor(2, 10);
    race(new AttemptRecord(0, now, now, Outcome.WON, null));
    failsFor(2, 10);
    assertEquals(List.of(), said);
  }

  @Test
  void thousandConnectsAtOnceAreOneFailure() {
    for (int i = 0; i < 3; i++) {
      now += 2 * MINUTE;
      for (int j = 0; j < 1_000; j++) {
        race(lost(250), won());
      }
    }
    assertEquals(List.of(), said, "three incidents within four minutes");
  }

  /** The third of four incidents is within five minutes of the first. */
  @Test
  void connectsAtOnceAreCountedOnce() {
    for (int i = 0; i < 4; i++) {
      now += 2 * MINUTE;
      for (int j = 0; j < 3; j++) {
        race(lost(250), won());
      }
    }
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains(" 4 connects in a row in 6 min "), said::toString);
  }

  /** It began when the last one was over, so that it is another incident. */
  @Test
  void failuresThatFollowEachOtherAtOnceAreTwo() {
    for (int i = 0; i < 3; i++) {
      now += 10 * MINUTE;
      race(lost(10 * 60_000), won());
    }
    assertEquals(1, said.size());
  }

  /** The answer came in between, so that the count begins with this one, whenever it began. */
  @Test
  void failureThatBeganBeforeAnAnswerCounts() {
    failsFor(2, 10);
    paths.answered(Ip.of(DEAD));
    now += MINUTE;
    race(lost(11 * 60_000), won());
    failsFor(1, 10);
    assertEquals(List.of(), said);
    failsFor(1, 10);
    assertEquals(1, said.size());
  }

  @Test
  void nobodyAnsweringIsNoBrokenPath() {
    for (int i = 0; i < 10; i++) {
      now += 10 * MINUTE;
      race(refused());
    }
    assertEquals(List.of(), said);
  }

  /**
   * An attempt that was overtaken before it could answer, that failed locally, or that was
   * cancelled.
   */
  @Test
  void whatProvesNothingIsNotCounted() {
    for (int i = 0; i < 10; i++) {
      now += 10 * MINUTE;
      race(lost(20), won());
      race(new AttemptRecord(0, now, now, Outcome.FAILED, new IllegalStateException()), won());
      race(new AttemptRecord(0, now - MINUTE, now, Outcome.CANCELLED, null), won());
    }
    assertEquals(List.of(), said);
  }

  @Test
  void refusalsCountToo() {
    for (int i = 0; i < 3; i++) {
      now += 10 * MINUTE;
      race(refused(), won());
    }
    assertEquals(1, said.size());
    assertEquals(true, said.get(0).contains("(refused; "), said::toString);
  }

  @Test
  void silenceCountsFromATenthOfASecondOn() {
    for (int i = 0; i < 3; i++) {
      now += 10 * MINUTE;
      race(lost(99), won());
    }
    assertEquals(List.of(), said);
    for (int i = 0; i < 3; i++) {
      now += 10 * MINUTE;
      race(lost(100), won());
    }
    assertEquals(1, said.size());
  }

  @Test
  void eachKindOfFailureHasItsWords() {
    assertHow("unreachable", new NoRouteToHostException("No route to host"));
    assertHow("no answer", new SocketTimeoutException("Connect timed out"));
  }

  private void assertHow(String words, IOException failure) {
    said.clear();
    for (int i = 0; i < 3; i++) {
      now += 24 * 60 * MINUTE;
      race(new AttemptRecord(0, now, now, Outcome.FAILED, failure), won());
    }
    assertTrue(said.get(said.size() - 1).contains(" (" + words + "; "), said::toString);
  }

  /** What is reported is also told to whoever asks, until it answers, or for a day. */
  @Test
  void tellsWhichAreBroken() {
    failsFor(2, 10);
    assertEquals(List.of(), paths.broken(now));
    failsFor(1, 10);
    assertEquals(List.of(DEAD), paths.broken(now));
    assertEquals(List.of(DEAD), paths.broken(now + 24 * 60 * MINUTE - 1));
    assertEquals(List.of(), paths.broken(now + 24 * 60 * MINUTE));
    paths.answered(Ip.of(DEAD));
    assertEquals(List.of(), paths.broken(now));
  }

  @Test
  void fewMinutesAreNotEnoughToBeBroken() {
    failsFor(5, 1);
    assertEquals(List.of(), paths.broken(now), "four minutes");
    failsFor(1, 1);
    assertEquals(List.of(DEAD), paths.broken(now));
  }

  /** A crawler meets endless addresses that fail. */
  @Test
  void addressesBeyondTheLimitAreNotCountedUntilOthersAreADayOld() {
    now = 24 * 60 * MINUTE;
    for (int i = 0; i < BrokenAddressReporter.MAX_ADDRESSES; i++) {
      String other = "10.0." + i / 256 + "." + i % 256;
      paths.ended("host.example", 443, Ip.list(other, GOOD), List.of(lost(250), won()), now);
    }
    long full = now;
    failsFor(3, 10);
    assertEquals(List.of(), said);
    now = full + 24 * 60 * MINUTE - 1;
    failsFor(1, 0);
    now++;
    failsFor(1, 0);
    failsFor(1, 10);
    assertEquals(List.of(), said, "the second of its failures that count");
    failsFor(1, 10);
    assertEquals(1, said.size());
  }

  @Test
  void mapIsBounded() {
    for (int i = 0; i < 2 * BrokenAddressReporter.MAX_ADDRESSES; i++) {
      String other = "10.0." + i / 256 + "." + i % 256;
      for (int j = 0; j < 3; j++) {
        now += 3 * MINUTE;
        paths.ended("host.example", 443, Ip.list(other, GOOD), List.of(lost(250), won()), now);
      }
    }
    // Addresses that have not failed for a day have made room for others.
    assertEquals(2 * BrokenAddressReporter.MAX_ADDRESSES, said.size());
  }
}
