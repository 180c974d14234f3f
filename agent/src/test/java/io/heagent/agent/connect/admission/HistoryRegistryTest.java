package io.heagent.agent.connect.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.history.EndpointHistory;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connects are remembered, and where. */
class HistoryRegistryTest {

  private static final String A = "192.0.2.1";

  private final HistoryRegistry histories = new HistoryRegistry();

  private static RaceRule rule(long delayMillis, boolean history) {
    long nanos = delayMillis == 0 ? RaceRule.DELAY_OFF : delayMillis * 1_000_000L;
    return new RaceRule(nanos, 1, 6, true, true, false, history, RaceRule.Scope.AUTO);
  }

  private EndpointHistory of(RaceRule rule) {
    return histories.of(rule, "host.example", 443, null);
  }

  private static void refuses(EndpointHistory history) {
    long now = System.nanoTime();
    ConnectException cause = new ConnectException("Connection refused");
    AttemptRecord failed = new AttemptRecord(0, now, now, Outcome.FAILED, cause);
    history.record(Ip.list(A), List.of(failed));
  }

  @Test
  void switchedOffNothingIsUsed() {
    assertNull(of(rule(250, false)));
  }

  /** A connect from a chosen local address may take another path than others. */
  @Test
  void boundConnectsAreNotRemembered() {
    assertNull(histories.of(rule(250, true), "host.example", 443, Ip.of("192.0.2.100")));
  }

  @Test
  void callsOfOneRuleShareWhatIsKnown() {
    refuses(of(rule(250, true)));
    assertTrue(of(rule(250, true)).hasSuspects());
    assertFalse(of(rule(100, true)).hasSuspects());
    assertFalse(histories.of(rule(250, true), "host.example", 80, null).hasSuspects());
  }

  /** Without a delay history still orders; what silence means goes by the default delay. */
  @Test
  void delayOffStaysOff() {
    RaceRule off = rule(0, true);
    refuses(of(off));
    assertTrue(of(off).hasSuspects());
    ConnectCall call = Calls.to(A).rule(off).history(of(off)).call();
    assertEquals(RaceRule.DELAY_OFF, call.delayAfter(Ip.of(A)));
  }
}
