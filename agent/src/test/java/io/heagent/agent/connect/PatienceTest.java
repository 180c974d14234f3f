package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.config.RaceRule;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.ConnectStart;
import io.heagent.engine.coordination.Endpoint;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For how long a connect waits: for silent siblings after a refusal, and within its timeout. */
class PatienceTest {
  private static final long MS = 1_000_000L;

  private static ConnectCall to(String address, long timeoutNanos) {
    ConnectCall call =
        new ConnectCall(
            new FakeProgramSocket(), "host.example", 443, RaceRule.DEFAULT, timeoutNanos, null);
    call.requested = Ip.of(address);
    return call;
  }

  private static ConnectStart start(ConnectCall call) {
    return new ConnectStart(call.requested, true, 1, call.timeoutNanos(), 250 * MS);
  }

  /** A step of a program that goes through its list has the deadline that its ticket says. */
  @Test
  void aShorterTimeoutBringsTheDeadlineForward() {
    EndpointRegistry registry = new EndpointRegistry(LoopTime.INSTANCE);
    Endpoint endpoint = new Endpoint("host.example", 443);
    ConnectCall first = to("192.0.2.1", 1_000 * MS);
    Ticket ticket = registry.begin(endpoint, start(first), 0);
    first.begun(ticket);
    assertEquals(first.startedAt + 1_000 * MS, first.deadline);
    registry.end(
        ticket,
        ConnectOutcome.failed(
            Ip.list("192.0.2.1", "192.0.2.2"), Map.of(Ip.of("192.0.2.2"), 600 * MS), 600 * MS),
        0);
    ConnectCall second = to("192.0.2.2", 1_000 * MS);
    second.begun(registry.begin(endpoint, start(second), 0));
    assertEquals(second.startedAt + 400 * MS, second.deadline);
    assertEquals(400 * MS, second.timeoutNanos());
    assertEquals(Ip.list("192.0.2.1", "192.0.2.2"), second.excluded());
  }

  @Test
  void withoutATimeoutThereIsNoDeadline() {
    ConnectCall call = to("192.0.2.1", 0);
    assertEquals(0, call.timeoutNanos());
    call.begun(new EndpointRegistry(LoopTime.INSTANCE).begin(new Endpoint("a", 1), start(call), 0));
    assertEquals(ConnectCall.NEVER, call.deadline);
    assertEquals(List.of(), call.excluded());
  }

  private static long patience(long delay) {
    RaceRule rule = new RaceRule(delay, 1, 6, true, true, false, true, RaceRule.Scope.AUTO);
    return Calls.call(rule, null).patience() / MS;
  }

  /** One lost packet is sent again after a second, and its answer takes its time. */
  @Test
  void silentSiblingsHaveTenDelaysAfterARefusalAndTimeForOneLostPacket() {
    assertEquals(2_500, patience(250 * MS));
    assertEquals(2_500, patience(10 * MS));
    assertEquals(2_500, patience(RaceRule.DELAY_OFF));
    assertEquals(5_000, patience(500 * MS));
  }
}
