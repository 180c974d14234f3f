package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that race by themselves, and programs that walk the list by themselves. */
class NeighboursTest {

  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final String C = "2001:db8::1";

  private final Neighbours neighbours = new Neighbours();

  private boolean begins(ConnectCall call) {
    return neighbours.begin(call, call.remote.getAddress());
  }

  private static ConnectCall to(String address) {
    return Calls.to("host.example", 443, address);
  }

  @Test
  void aConnectOfItsOwnIsRaced() {
    ConnectCall call = to(A);
    assertTrue(begins(call));
    assertFalse(call.alone);
  }

  /** DESIGN.md, "stand down": each gets exactly its one address, the first one too. */
  @Test
  void anotherAddressInFlightMeansTheProgramRacesByItself() {
    ConnectCall first = to(A);
    ConnectCall second = to(B);
    ConnectCall third = to(C);
    assertTrue(begins(first));
    assertFalse(begins(second));
    assertTrue(first.alone);
    assertFalse(begins(third));
  }

  /** A pool that opens several connections at once dials the same first address each time. */
  @Test
  void theSameAddressInFlightIsNoRaceOfTheProgram() {
    ConnectCall first = to(A);
    ConnectCall second = to(A);
    assertTrue(begins(first));
    assertTrue(begins(second));
    assertFalse(first.alone);
    assertFalse(second.alone);
    ConnectCall racer = to(B);
    assertFalse(begins(racer));
    assertTrue(first.alone);
    assertTrue(second.alone);
  }

  @Test
  void otherNamesAndPortsAreNoNeighbours() {
    ConnectCall call = to(A);
    assertTrue(begins(call));
    assertTrue(begins(Calls.to("other.example", 443, B)));
    assertTrue(begins(Calls.to("host.example", 80, B)));
    assertFalse(call.alone);
  }

  @Test
  void whatIsOverIsForgotten() {
    ConnectCall first = to(A);
    assertTrue(begins(first));
    neighbours.end(first, List.of());
    assertTrue(begins(to(B)));
    assertFalse(first.alone);
  }

  @Test
  void onlyTheOneThatIsOverIsForgotten() {
    ConnectCall first = to(A);
    ConnectCall second = to(A);
    assertTrue(begins(first));
    assertTrue(begins(second));
    neighbours.end(first, List.of());
    assertFalse(begins(to(B)));
    assertFalse(first.alone);
    assertTrue(second.alone);
  }

  /** DESIGN.md, "step aside": n addresses are not dialled n times n. */
  @Test
  void afterAFailedRaceTheListIsWalkedByTheProgram() {
    ConnectCall first = to(A);
    assertTrue(begins(first));
    neighbours.end(first, Ip.list(A, B, C));
    assertFalse(begins(to(B)));
    assertFalse(begins(to(C)));
  }

  /** That is a retry, and it deserves every address. */
  @Test
  void theRequestedAddressOfAFailedRaceIsRacedAgain() {
    ConnectCall first = to(A);
    assertTrue(begins(first));
    neighbours.end(first, Ip.list(A, B));
    assertTrue(begins(to(A)));
  }

  @Test
  void anAddressThatTheFailedRaceDidNotTryIsRaced() {
    ConnectCall first = to(A);
    assertTrue(begins(first));
    neighbours.end(first, Ip.list(A, B));
    assertTrue(begins(to(C)));
  }

  @Test
  void aFailedRaceOverOneAddressSaysNothing() {
    ConnectCall first = to(A);
    assertTrue(begins(first));
    neighbours.end(first, Ip.list(A));
    assertTrue(begins(to(B)));
  }

  @Test
  void aFailedRaceOfAnotherNameSaysNothing() {
    ConnectCall other = Calls.to("other.example", 443, A);
    assertTrue(begins(other));
    neighbours.end(other, Ip.list(A, B));
    assertTrue(begins(to(B)));
  }

  /** More names than are kept: entries go, nothing breaks. */
  @Test
  void manyNames() {
    for (int i = 0; i < 3000; i++) {
      ConnectCall call = Calls.to("host" + i, 443, A);
      assertTrue(begins(call));
      neighbours.end(call, Ip.list(A, B));
    }
    assertFalse(begins(Calls.to("host2999", 443, B)));
  }
}
