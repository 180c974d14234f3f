package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.Neighbourhood.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that race by themselves. */
class NeighboursTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final String C = "2001:db8::1";

  private final Neighbours neighbours = new Neighbours();

  /** Near the end of what a long holds: {@link System#nanoTime} may overflow. */
  private long now = Long.MAX_VALUE - InFlight.TELLING_NANOS / 2;

  private Part begin(ConnectCall call) {
    return neighbours.begin(call, call.remote.getAddress(), true, now);
  }

  private void connected(ConnectCall call) {
    call.connected = true;
    neighbours.end(call, now);
  }

  private static ConnectCall to(String address) {
    return Calls.to("host.example", 443, address);
  }

  @Test
  void aConnectOfItsOwnIsRaced() {
    ConnectCall call = to(A);
    assertEquals(Part.RACE, begin(call));
    assertFalse(call.alone);
  }

  /** DESIGN.md, "stand down": each gets exactly its one address, the first one too. */
  @Test
  void anotherAddressInFlightMeansTheProgramRacesByItself() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, begin(first));
    assertEquals(Part.STAND_DOWN, begin(to(B)));
    assertTrue(first.alone);
    assertEquals(Part.STAND_DOWN, begin(to(C)));
  }

  /** A pool that opens several connections at once dials the same first address each time. */
  @Test
  void theSameAddressInFlightIsNoRaceOfTheProgram() {
    ConnectCall first = to(A);
    ConnectCall second = to(A);
    assertEquals(Part.RACE, begin(first));
    assertEquals(Part.RACE, begin(second));
    assertFalse(first.alone);
    assertFalse(second.alone);
    assertEquals(Part.STAND_DOWN, begin(to(B)));
    assertTrue(first.alone);
    assertTrue(second.alone);
  }

  @Test
  void aConnectThatIsPendingForLongIsNoSign() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, begin(first));
    now += InFlight.TELLING_NANOS - 1;
    assertEquals(Part.STAND_DOWN, begin(to(B)));
    now += 1;
    assertEquals(Part.RACE, begin(to(B)));
  }

  @Test
  void otherNamesAndPortsAreNoNeighbours() {
    ConnectCall call = to(A);
    assertEquals(Part.RACE, begin(call));
    assertEquals(Part.RACE, begin(Calls.to("other.example", 443, B)));
    assertEquals(Part.RACE, begin(Calls.to("host.example", 80, B)));
    assertFalse(call.alone);
  }

  @Test
  void whatIsOverIsForgotten() {
    ConnectCall first = to(A);
    assertEquals(Part.RACE, begin(first));
    connected(first);
    assertEquals(0, neighbours.size());
    assertEquals(Part.RACE, begin(to(B)));
    assertFalse(first.alone);
  }

  @Test
  void onlyTheOneThatIsOverIsForgotten() {
    ConnectCall first = to(A);
    ConnectCall second = to(A);
    assertEquals(Part.RACE, begin(first));
    assertEquals(Part.RACE, begin(second));
    connected(first);
    assertEquals(Part.STAND_DOWN, begin(to(B)));
    assertFalse(first.alone);
    assertTrue(second.alone);
  }

  /** More names than are kept: entries go, those with a connect in flight stay. */
  @Test
  void manyNames() {
    ConnectCall pending = to(A);
    assertEquals(Part.RACE, begin(pending));
    for (int i = 0; i < 3 * Neighbours.MAX_IDLE; i++) {
      ConnectCall call = Calls.to("host" + i, 443, A);
      assertEquals(Part.RACE, begin(call));
      call.failed = Ip.list(A, B);
      neighbours.end(call, now);
      assertTrue(neighbours.size() <= Neighbours.MAX_IDLE + 1);
    }
    String last = "host" + (3 * Neighbours.MAX_IDLE - 1);
    assertEquals(Part.STEP_ASIDE, begin(Calls.to(last, 443, B)));
    assertEquals(Part.STAND_DOWN, begin(to(B)));
  }

  @Test
  void namesThatHaveFailedAreForgottenInTime() {
    for (int i = 0; i < 100; i++) {
      ConnectCall call = Calls.to("host" + i, 443, A);
      begin(call);
      call.failed = Ip.list(A, B);
      neighbours.end(call, now);
    }
    assertEquals(100, neighbours.size());
    now += Walk.PAUSE_NANOS;
    ConnectCall later = to(A);
    begin(later);
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
      begin(call);
      calls.add(call);
    }
    long start = System.nanoTime();
    calls.forEach(this::connected);
    return (System.nanoTime() - start) / (double) names;
  }
}
