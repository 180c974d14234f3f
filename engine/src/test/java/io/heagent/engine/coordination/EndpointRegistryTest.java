package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connects are those of a program that races by itself, and what is kept of the others. */
class EndpointRegistryTest extends Connects {

  @BeforeEach
  void nearTheEndOfWhatALongHolds() {
    now = Long.MAX_VALUE - PendingConnects.TELLING_NANOS / 2;
  }

  private static void assertStandsDown(boolean expected, Connect... connects) {
    for (Connect connect : connects) {
      assertEquals(expected, connect.standsDown(), connect.requested::toString);
    }
  }

  @Test
  void aConnectOfItsOwnIsRaced() {
    assertStandsDown(false, begunAsync(to(A)), begun(to(B)));
  }

  /** The siblings of a program that races by itself are its own business, and join later. */
  @Test
  void oneThreadWithASecondAddressWhileItsFirstIsPendingRacesByItself() {
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(B));
    Connect third = begunAsync(to(C));
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
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(B));
    assertStandsDown(true, first, second);
    Connect third = begunAsync(to(A));
    assertStandsDown(false, first, second, third, begunAsync(to(C)));
    connected(first);
    connected(second);
    assertStandsDown(false, third, begunAsync(to(B)));
  }

  @Test
  void aConnectThatIsPendingForLongIsNoSign() {
    Connect first = begunAsync(to(A));
    now += PendingConnects.TELLING_NANOS;
    assertStandsDown(false, begunAsync(to(B)), first);
  }

  @Test
  void aConnectThatIsPendingForLessIsASign() {
    Connect first = begunAsync(to(A));
    now += PendingConnects.TELLING_NANOS - 1;
    assertStandsDown(true, begunAsync(to(B)), first);
  }

  /** Its walk goes on, with the old channel not yet closed. */
  @Test
  void theNextStepOfAWalkStandsDownUntilTheOldChannelIsClosed() {
    Connect first = begunAsync(to(A));
    now += 300 * MS;
    Connect second = begunAsync(to(B));
    assertStandsDown(true, second);
    closed(first, A);
    assertStandsDown(false, second);
  }

  @Test
  void otherNamesAndPortsAreNoNeighbours() {
    assertStandsDown(
        false,
        begunAsync(to(A)),
        begunAsync(new Connect("other.example", 443, B)),
        begunAsync(new Connect("host.example", 80, B)));
  }

  @Test
  void whatIsOverIsForgotten() {
    Connect first = begunAsync(to(A));
    connected(first);
    assertEquals(0, registry.size());
    assertStandsDown(false, begunAsync(to(B)), first);
  }

  /** More names than are kept: entries go, those with a connect in flight stay. */
  @Test
  void manyNames() {
    Connect pending = to(A);
    begun(pending);
    for (int i = 0; i < 3 * EndpointRegistry.MAX_IDLE; i++) {
      Connect connect = new Connect("host" + i, 443, A);
      begun(connect);
      failed(connect, A, B);
      assertTrue(registry.size() <= EndpointRegistry.MAX_IDLE + 1);
    }
    String last = "host" + (3 * EndpointRegistry.MAX_IDLE - 1);
    assertEquals(Ip.list(A, B), begun(new Connect(last, 443, B)).excluded());
    assertEquals(EndpointRegistry.MAX_IDLE + 1, registry.size());
    connected(pending);
  }

  @Test
  void namesThatHaveFailedAreForgottenInTime() {
    for (int i = 0; i < 100; i++) {
      Connect connect = new Connect("host" + i, 443, A);
      begun(connect);
      failed(connect, A, B);
    }
    assertEquals(100, registry.size());
    now += FailoverSequence.PAUSE_NANOS;
    Connect later = to(A);
    begun(later);
    failed(later, A, B);
    assertEquals(1, registry.size());
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
    List<Connect> connects = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      Connect connect = new Connect("host" + i, 443, A);
      begun(connect);
      connects.add(connect);
    }
    long start = System.nanoTime();
    connects.forEach(this::connected);
    return (System.nanoTime() - start) / (double) names;
  }

  @Test
  void aTicketIsTakenBackOnce() {
    Connect first = begun(to(A));
    begun(to(A));
    connected(first);
    connected(first);
    assertEquals(1, registry.size());
  }

  @Test
  void aStateThatIsForgottenIsNotUsedAgain() {
    Connect first = begun(to(A));
    connected(first);
    assertTrue(first.ticket.state().isForgotten());
    assertNotSame(first.ticket.state(), begun(to(A)).ticket.state());
  }

  /**
   * Threads that begin and end connects to one name all the time, so that it is forgotten often.
   * While one is in flight, whoever begins another to the same name is given the same state. (How
   * many names there are the map says exactly only while nobody changes it.)
   */
  @Test
  void aConnectIsNeverLostInAForgottenState() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger lost = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  Connect connect = begun(to(A));
                  Connect other = begun(to(A));
                  EndpointState state = connect.ticket.state();
                  if (state.isForgotten() || other.ticket.state() != state) {
                    lost.incrementAndGet();
                  }
                  connected(other);
                  connected(connect);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, lost.get());
    assertEquals(0, registry.size());
  }

  @Test
  void oneOfItsConnectsThatEndsDoesNotHideTheOthers() {
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(B));
    connected(first);
    assertStandsDown(true, second, begunAsync(to(C)));
  }

  /** It has not been twice in flight at a time. */
  @Test
  void anAddressThatIsOverMayBeginAgain() {
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(B));
    connected(first);
    assertStandsDown(true, second, begunAsync(to(A)));
  }

  @Test
  void aPoolIsNoneAnyMoreOnceNothingOfItIsInFlight() {
    Connect other = begunAsync(elsewhere(C));
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(A));
    connected(first);
    connected(second);
    assertStandsDown(true, begunAsync(to(A)), begunAsync(to(B)));
    connected(other);
  }

  @Test
  void aPoolStaysOneWhileAnyOfItIsInFlight() {
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(A));
    connected(first);
    assertStandsDown(false, second, begunAsync(to(B)));
  }
}
