package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connects count as a program's own race, and how long names are kept. */
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

  /** If the program races by itself, the siblings join one delay later. */
  @Test
  void oneThreadWithASecondAddressWhileItsFirstIsPendingRacesByItself() {
    Connect first = begunAsync(to(A));
    Connect second = begunAsync(to(B));
    Connect third = begunAsync(to(C));
    assertStandsDown(true, first, second, third);
  }

  /** Unrelated connects of a pool whose resolver returns the addresses in turn do not race. */
  @Test
  void anotherThreadWithAnotherAddressIsAStranger() {
    assertStandsDown(false, begunAsync(to(A)), begunAsync(elsewhere(B)));
  }

  /**
   * A thread has one blocking connect at a time, so two belong to two threads, which have nothing
   * to do with each other.
   */
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

  /** An event loop that opens a pool's connections to the addresses in turn does not race. */
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

  /** The failover sequence goes on although the old channel has not been closed yet. */
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

  /**
   * If there are more names than are kept, the oldest go, but those with a connect in flight stay.
   */
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
   * Once the end of a connect looked at every name in flight beyond 1,024, which was a thousand
   * times the work with 8,000 names. The test compares the best times of some rounds, because only
   * a ratio of times shows this.
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
   * Threads begin and end connects to one name all the time, so that it is forgotten often. While a
   * connect is in flight, another connect to the same name must get the same state. (The size of
   * the map is exact only while no thread changes it.)
   */
  @Test
  @SuppressWarnings("ReferenceEquality") // All states of one name are equal.
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

  /** Two connects to address A have not been in flight at the same time, so this is no pool. */
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
