package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupEnd;
import io.heagent.engine.resolve.shared.SharedLookup;
import io.heagent.engine.time.Scheduler;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** For how long a race waits for the look-up of siblings. Times are milliseconds. */
class CandidateSourceTest {

  private static final long MS = 1_000_000L;
  private static final String A = "192.0.2.1";
  private static final String B = "192.0.2.2";

  private Resolver.Listener answers;
  private boolean cancelled;

  private final Resolver resolver =
      new Resolver() {
        @Override
        public Set<Question> questions() {
          return Set.of(Question.BOTH);
        }

        @Override
        public Query resolve(String host, Listener listener) {
          answers = listener;
          return new Query() {
            @Override
            public void cancel() {
              cancelled = true;
            }

            @Override
            public boolean isQueued() {
              return true;
            }
          };
        }
      };

  private final Scheduler time =
      new Scheduler() {
        @Override
        public long now() {
          return 0;
        }

        @Override
        public Timer schedule(long atNanos, Runnable task) {
          return () -> {};
        }
      };

  private final LookupEnd end =
      new LookupEnd() {
        @Override
        public void done(SharedLookup lookup, Known last) {}

        @Override
        public void dropped(SharedLookup lookup) {}
      };

  private CandidateSource source(RaceRule rule, boolean given) {
    Calls.Builder call = Calls.to(A).rule(rule);
    if (!given) {
      call.unvetted();
    }
    SharedLookup lookup =
        new SharedLookup(
            "host.example",
            resolver,
            Question.BOTH,
            ResolutionCore.DEFAULT_DELAY_NANOS,
            time,
            end,
            fault -> {});
    CandidateSource source = Calls.source(call.known(new KnownAddresses.Pending(lookup)).call());
    lookup.begin();
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
    answers.answer(Question.BOTH, Ip.list(A, B));
    assertTrue(source.isKnown(1_000 * MS, 1_299 * MS));
    assertEquals(Ip.of(B), source.next());
  }

  /** The caller's timeout rules. */
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
    assertTrue(cancelled);
  }
}
