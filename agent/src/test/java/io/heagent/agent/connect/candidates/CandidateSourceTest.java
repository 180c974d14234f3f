package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.core.RaceCore;
import org.junit.jupiter.api.Test;

/** For how long a race waits for the look-up of siblings. Times are milliseconds. */
class CandidateSourceTest {

  private static final long MS = 1_000_000L;
  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";

  private final PendingLookup pending =
      new PendingLookup("host.example", new FakeNetwork(), () -> true);

  private CandidateSource source(RaceRule rule, boolean given) {
    Calls.Builder call = Calls.to(A).rule(rule);
    if (!given) {
      call.unvetted();
    }
    CandidateSource source =
        Calls.source(call.known(new KnownAddresses.Pending(pending.lookup)).call());
    pending.lookup.begin();
    return source;
  }

  @Test
  void refusedOneWaitsForTheResolutionDelayAndOneDelay() {
    CandidateSource source = source(RaceRule.DEFAULT, true);
    assertEquals(1_300 * MS, source.givenUpAt(1_000 * MS));
    assertFalse(source.isKnown(1_000 * MS, 1_300 * MS - 1));
    assertTrue(source.isKnown(1_000 * MS, 1_300 * MS));
    assertNull(source.next());
    assertTrue(source.isKnown(), "from then on");
  }

  @Test
  void siblingsThatComeInTimeAreDialled() {
    CandidateSource source = source(RaceRule.DEFAULT, true);
    assertFalse(source.isKnown(1_000 * MS, 1_299 * MS));
    pending.answer(A, B);
    assertTrue(source.isKnown(1_000 * MS, 1_299 * MS));
    assertEquals(Ip.of(B), source.next());
  }

  /** Only the caller's timeout ends the wait. */
  @Test
  void whileAnAddressIsSilentTheLookUpTakesItsTime() {
    CandidateSource source = source(RaceRule.DEFAULT, true);
    assertEquals(RaceCore.NEVER, source.givenUpAt(RaceCore.NEVER));
    assertFalse(source.isKnown(RaceCore.NEVER, 3_600_000 * MS));
  }

  @Test
  void lookUpOfANameThatNobodyHasLookedUpTakesItsTime() {
    CandidateSource source = source(RaceRule.DEFAULT, false);
    assertEquals(RaceCore.NEVER, source.givenUpAt(1_000 * MS));
    assertFalse(source.isKnown(1_000 * MS, 3_600_000 * MS));
  }

  @Test
  void withoutADelayThereIsABoundNevertheless() {
    RaceRule rule = RaceRule.DEFAULT;
    RaceRule off =
        new RaceRule(
            RaceRule.DELAY_OFF, 1, rule.maxInFlight(), true, true, false, true, rule.scope());
    assertEquals(300 * MS, source(off, true).givenUpAt(0));
  }

  @Test
  void endOfTheRaceTakesItsLookUpOutOfTheRow() {
    source(RaceRule.DEFAULT, true).close();
    assertTrue(pending.isCancelled());
  }
}
