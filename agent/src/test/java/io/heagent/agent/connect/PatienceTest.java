package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.loop.AgentLoop;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For how long a connect waits: for silent siblings after a refusal, and within its timeout. */
class PatienceTest {
  private static final long MS = 1_000_000L;

  private static ConnectCall begun(EndpointRegistry registry, String address, long timeoutNanos) {
    Ticket start = new Ticket(Ip.of(address), true, 1, timeoutNanos);
    return Calls.to(address)
        .timeout(timeoutNanos)
        .ticket(registry.begin("host.example", 443, start, 250 * MS, 0))
        .call();
  }

  /** A step of a program that goes through its list has the deadline that its ticket says. */
  @Test
  void aShorterTimeoutBringsTheDeadlineForward() {
    EndpointRegistry registry = new EndpointRegistry(new AgentLoop());
    ConnectCall first = begun(registry, "192.0.2.1", 1_000 * MS);
    assertEquals(first.request.startedAt() + 1_000 * MS, first.deadline());
    registry.end(
        first.ticket(),
        ConnectOutcome.failed(
            Ip.list("192.0.2.1", "192.0.2.2"), Map.of(Ip.of("192.0.2.2"), 600 * MS), 600 * MS),
        0);
    ConnectCall second = begun(registry, "192.0.2.2", 1_000 * MS);
    assertEquals(second.request.startedAt() + 400 * MS, second.deadline());
    assertEquals(400 * MS, second.ticket().timeoutNanos());
    assertEquals(Ip.list("192.0.2.1", "192.0.2.2"), second.ticket().excluded());
  }

  @Test
  void withoutATimeoutThereIsNoDeadline() {
    ConnectCall call = begun(new EndpointRegistry(new AgentLoop()), "192.0.2.1", 0);
    assertEquals(ConnectCall.NEVER, call.deadline());
    assertEquals(List.of(), call.ticket().excluded());
  }

  private static long patience(long delay) {
    RaceRule rule = new RaceRule(delay, 1, 6, true, true, false, true, RaceRule.Scope.AUTO);
    return Calls.to("192.0.2.1").rule(rule).call().order().patience() / MS;
  }

  /**
   * A lost packet is sent again after a second, so the race waits for that second and for an
   * answer.
   */
  @Test
  void silentSiblingsHaveTenDelaysAfterARefusalAndTimeForOneLostPacket() {
    assertEquals(2_500, patience(250 * MS));
    assertEquals(2_500, patience(10 * MS));
    assertEquals(2_500, patience(RaceRule.DELAY_OFF));
    assertEquals(5_000, patience(500 * MS));
  }
}
