package io.heagent.agent.connect.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.ResolutionCore;
import io.heagent.engine.resolve.Resolver;
import io.heagent.engine.resolve.ResolverOverflowException;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupEnd;
import io.heagent.engine.resolve.shared.SharedLookup;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a blocking connect to an unresolved name says that there is no such name. */
class UnresolvedTargetTest {

  /** Every system knows it without a DNS server. */
  private static final String HOST = "localhost";

  private static final String OTHER = "192.0.2.7";

  private Resolver.Listener answers;
  private int looks;

  /** Run when the connect has found its look-up in the row of those that wait for a thread. */
  private Runnable meanwhile = () -> {};

  private boolean queued;
  private long now;

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
            public void cancel() {}

            @Override
            public boolean isQueued() {
              boolean found = queued;
              if (found) {
                looks++;
                queued = false;
                meanwhile.run();
              }
              return found;
            }
          };
        }
      };

  private final Scheduler time =
      new Scheduler() {
        @Override
        public long now() {
          return now;
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

  private final SharedLookup lookup =
      new SharedLookup(
          HOST,
          resolver,
          Question.BOTH,
          ResolutionCore.DEFAULT_DELAY_NANOS,
          time,
          end,
          fault -> {});

  private TargetResolution resolution() {
    Calls.Builder call =
        Calls.to((InetAddress) null)
            .host(HOST, 443)
            .socket(new FakeProgramSocket(SocketKind.CHANNEL, null));
    return new UnresolvedTarget(call.request(), call.rules()).resolve(lookup);
  }

  /** It has waited for its turn for so long that whoever may block looks up on its own thread. */
  private void beginInTheRow() {
    queued = true;
    lookup.begin();
    now = SharedLookup.PATIENCE_NANOS;
  }

  private void assertLookedUpHere() throws Exception {
    assertFoundHere(resolution());
    assertEquals(1, looks);
  }

  /** No name is unknown because it has to wait. */
  private static void assertFoundHere(TargetResolution found) throws UnknownHostException {
    TargetResolution.Resolved resolved = assertInstanceOf(TargetResolution.Resolved.class, found);
    assertEquals(
        new KnownAddresses.Cached(List.of(InetAddress.getAllByName(HOST))), resolved.known());
  }

  @Test
  void aLookUpThatBeginsAsItIsGivenUpSaysNothingOfTheName() throws Exception {
    beginInTheRow();
    assertLookedUpHere();
  }

  @Test
  void norDoesOneThatEndsAsItIsGivenUp() throws Exception {
    meanwhile = () -> answers.answer(Question.BOTH, List.of(Ip.of(OTHER)));
    beginInTheRow();
    assertLookedUpHere();
  }

  @Test
  void norOneThatIsRefused() throws Exception {
    lookup.begin();
    answers.failure(Question.BOTH, new ResolverOverflowException(HOST));
    assertFoundHere(resolution());
  }

  @Test
  void anAnswerIsTaken() throws Exception {
    lookup.begin();
    answers.answer(Question.BOTH, List.of(Ip.of(OTHER)));
    TargetResolution.Resolved resolved =
        assertInstanceOf(TargetResolution.Resolved.class, resolution());
    assertEquals(List.of(Ip.of(OTHER)), resolved.addresses());
  }

  @Test
  void theResolversWordThatThereIsNoneIsTaken() throws Exception {
    lookup.begin();
    answers.failure(Question.BOTH, new UnknownHostException(HOST));
    assertEquals(new TargetResolution.NoSuchName(), resolution());
  }
}
