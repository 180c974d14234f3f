package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connects are those of a program that races by itself, and what is kept of the others. */
class NeighboursTest extends Walking {

  @BeforeEach
  void nearTheEndOfWhatALongHolds() {
    now = Long.MAX_VALUE - InFlight.TELLING_NANOS / 2;
  }

  private static long delay(ConnectCall call) {
    return call.delayAfter(call.requested) / MS;
  }

  private static void assertStandsDown(boolean expected, ConnectCall... calls) {
    for (ConnectCall call : calls) {
      assertEquals(expected, call.standsDown, call.requested::toString);
      assertEquals(expected ? 500 : 250, delay(call));
      assertFalse(call.alone);
    }
  }

  @Test
  void aConnectOfItsOwnIsRaced() {
    assertStandsDown(false, begunAsync(to(A)), begun(to(B)));
  }

  /** The siblings of a program that races by itself are its own business, and join later. */
  @Test
  void oneThreadWithASecondAddressWhileItsFirstIsPendingRacesByItself() {
    ConnectCall first = begunAsync(to(A));
    ConnectCall second = begunAsync(to(B));
    ConnectCall third = begunAsync(to(C));
    assertStandsDown(true, first, second, third);
  }

  /** Strangers in a pool, which a resolver hands the addresses in turn. */
  @Test
  void anotherThreadWithAnotherAddressIsAStranger() {
    assertStandsDown(false, begunAsync(to(A)), begunAsync(elsewhere(B)));
  }

  /** A thread has one at a time: two are two threads', and strangers. */
  @Test
  void blockingConnectsNeverStandDown() {
    assertStandsDown(false, begun(to(A)), begun(to(B)), begun(elsewhere(C)));
    assertStandsDown(false, begunAsync(to(D)));
  }

  /** A pool that opens several connections at once dials the same first address each time. */
  @Test
  void theSameAddressInFlightIsNoRaceOfTheProgram() {
    assertStandsDown(false, begunAsync(to(A)), begunAsync(to(A)));
  }

  /** An event loop with a pool's connects to the addresses in turn: nobody races like that. */
  @Test
  void anAddressTwiceInFlightMakesItAPool() {
    ConnectCall first = begunAsync(to(A));
    ConnectCall second = begunAsync(to(B));
    assertStandsDown(true, first, second);
    ConnectCall third = begunAsync(to(A));
    assertStandsDown(false, first, second, third, begunAsync(to(C)));
    connected(first);
    connected(second);
    assertStandsDown(false, third, begunAsync(to(B)));
  }

  @Test
  void aConnectThatIsPendingForLongIsNoSign() {
    ConnectCall first = begunAsync(to(A));
    now += InFlight.TELLING_NANOS;
    assertStandsDown(false, begunAsync(to(B)), first);
  }

  @Test
  void aConnectThatIsPendingForLessIsASign() {
    ConnectCall first = begunAsync(to(A));
    now += InFlight.TELLING_NANOS - 1;
    assertStandsDown(true, begunAsync(to(B)), first);
  }

  /** Its walk goes on, with the old channel not yet closed. */
  @Test
  void theNextStepOfAWalkStandsDownUntilTheOldChannelIsClosed() {
    ConnectCall first = begunAsync(to(A));
    now += 300 * MS;
    ConnectCall second = begunAsync(to(B));
    assertStandsDown(true, second);
    closed(first, A);
    assertStandsDown(false, second);
  }

  @Test
  void otherNamesAndPortsAreNoNeighbours() {
    assertStandsDown(
        false,
        begunAsync(to(A)),
        begunAsync(Calls.to("other.example", 443, B)),
        begunAsync(Calls.to("host.example", 80, B)));
  }

  @Test
  void whatIsOverIsForgotten() {
    ConnectCall first = begunAsync(to(A));
    connected(first);
    assertEquals(0, neighbours.size());
    assertStandsDown(false, begunAsync(to(B)), first);
  }

  /** Where the address is known as dead, nobody is kept waiting by what a program seems to do. */
  @Test
  void noOneStandsDownOnASuspect() {
    Remembered past = new Remembered();
    past.wins(B, 50);
    past.isDead(A);
    ConnectCall first = begunAsync(past.call(A, Ip.all(A, B)));
    ConnectCall second = begunAsync(past.call(B, Ip.all(A, B)));
    assertTrue(first.standsDown && second.standsDown);
    assertEquals(past.history.delay(Ip.of(A)), first.delayAfter(Ip.of(A)));
    assertEquals(2 * past.history.delay(Ip.of(B)), second.delayAfter(Ip.of(B)));
  }

  /** More names than are kept: entries go, those with a connect in flight stay. */
  @Test
  void manyNames() {
    ConnectCall pending = to(A);
    begun(pending);
    for (int i = 0; i < 3 * Neighbours.MAX_IDLE; i++) {
      ConnectCall call = Calls.to("host" + i, 443, A);
      begun(call);
      call.failed = Ip.list(A, B);
      neighbours.end(call, now);
      assertTrue(neighbours.size() <= Neighbours.MAX_IDLE + 1);
    }
    String last = "host" + (3 * Neighbours.MAX_IDLE - 1);
    assertEquals(Ip.list(A, B), begun(Calls.to(last, 443, B)).walked);
    connected(pending);
  }

  @Test
  void namesThatHaveFailedAreForgottenInTime() {
    for (int i = 0; i < 100; i++) {
      ConnectCall call = Calls.to("host" + i, 443, A);
      begun(call);
      call.failed = Ip.list(A, B);
      neighbours.end(call, now);
    }
    assertEquals(100, neighbours.size());
    now += Walk.PAUSE_NANOS;
    ConnectCall later = to(A);
    begun(later);
    later.failed = Ip.list(A, B);
    neighbours.end(later, now);
    assertEquals(1, neighbours.size());
  }

  /**
   * The end of a connect looked at every name in flight beyond 1,024, a thousand times the work
   * with 8,000. A ratio, of the best of some rounds: nothing else can show it.
   */
  @Test
  void theEndOfAConnectCostsTheSameHoweverManyNamesAreInFlight() {
    double few = Double.MAX_VALUE;
    double many = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      few = Math.min(few, nanosPerEnd(500));
      many = Math.min(many, nanosPerEnd(8000));
    }
    assertTrue(many < few * 30, many + " ns for each of 8,000, " + few + " for each of 500");
  }

  private double nanosPerEnd(int names) {
    List<ConnectCall> calls = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      ConnectCall call = Calls.to("host" + i, 443, A);
      begun(call);
      calls.add(call);
    }
    long start = System.nanoTime();
    calls.forEach(this::connected);
    return (System.nanoTime() - start) / (double) names;
  }
}
