package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.agent.connect.loop.AgentLoop;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import org.junit.jupiter.api.Test;

/** What a race does for a program whose thread seems to race by itself: it waits two delays. */
class StandDownTest {
  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";
  private static final long MS = 1_000_000L;

  private final EndpointRegistry registry = new EndpointRegistry(new AgentLoop());

  private ConnectCall begun(Calls.Builder call, boolean blocking) {
    ConnectRequest request = call.request();
    Ticket start = new Ticket(request.requested(), blocking, 1, 0);
    return call.ticket(registry.begin(request.host(), request.port(), start, 250 * MS, 0)).call();
  }

  private static Calls.Builder to(String address) {
    return Calls.to(address);
  }

  private static void assertStandsDown(boolean expected, ConnectCall... calls) {
    for (ConnectCall call : calls) {
      assertEquals(expected, call.ticket().standsDown(), call.requested()::toString);
      assertEquals(expected ? 500 : 250, call.delayAfter(call.requested()) / MS);
      assertEquals(250, call.delayAfter(Ip.of("192.0.2.9")) / MS, "after a sibling");
      assertFalse(call.isRequestedOnly());
    }
  }

  @Test
  void siblingsOfAConnectThatStandsDownJoinAfterTwoDelays() {
    ConnectCall first = begun(to(A), false);
    assertStandsDown(false, first);
    assertStandsDown(true, begun(to(B), false), first);
  }

  @Test
  void blockingConnectsHaveOneDelay() {
    assertStandsDown(false, begun(to(A), true), begun(to(B), true));
  }

  /** An event loop with a pool's connects. */
  @Test
  void theDelayIsShortAgainOnceAnAddressIsTwiceInFlight() {
    ConnectCall first = begun(to(A), false);
    ConnectCall second = begun(to(B), false);
    assertStandsDown(true, first, second);
    assertStandsDown(false, begun(to(A), false), first, second);
  }

  /**
   * The registry does not know the address of an unresolved name, so it knows nothing of other
   * connects to it.
   */
  @Test
  void aConnectToAnUnresolvedNameHasOneDelay() {
    ConnectCall call = to(A).call();
    assertEquals(250 * MS, call.delayAfter(call.requested()));
  }

  /** If an address is known to be dead, the delay stays short, whatever the program seems to do. */
  @Test
  void noOneStandsDownOnASuspect() {
    Remembered past = new Remembered();
    past.wins(B, 50);
    past.isDead(A);
    ConnectCall first = begun(past.to(A, Ip.all(A, B)), false);
    ConnectCall second = begun(past.to(B, Ip.all(A, B)), false);
    assertTrue(first.ticket().standsDown() && second.ticket().standsDown());
    assertEquals(past.history.delay(Ip.of(A)), first.delayAfter(Ip.of(A)));
    assertEquals(2 * past.history.delay(Ip.of(B)), second.delayAfter(Ip.of(B)));
  }
}
