package io.heagent.agent.connect.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.PendingLookup;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.resolve.ResolverOverflowException;
import io.heagent.engine.resolve.shared.SharedLookup;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a blocking connect to an unresolved name says that there is no such name. */
class UnresolvedTargetTest {

  /** Every system knows it without a DNS server. */
  private static final String HOST = "localhost";

  private static final String OTHER = "192.0.2.7";

  private int looks;

  /** Run when the connect has found its look-up in the row of those that wait for a thread. */
  private Runnable meanwhile = () -> {};

  private boolean queued;
  private long now;

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

  private final PendingLookup pending = new PendingLookup(HOST, time, this::isStillQueued);

  /** True the first time; before the connect acts on it, the look-up may go on. */
  private boolean isStillQueued() {
    boolean found = queued;
    if (found) {
      looks++;
      queued = false;
      meanwhile.run();
    }
    return found;
  }

  private TargetResolution resolution() {
    Calls.Builder call =
        Calls.to((InetAddress) null)
            .host(HOST, 443)
            .socket(new FakeProgramSocket(SocketKind.CHANNEL, null));
    return new UnresolvedTarget(call.request(), call.rules()).resolve(pending.lookup);
  }

  /**
   * Begins a look-up that has waited for a thread for so long that a blocking connect looks the
   * name up on its own thread.
   */
  private void beginInTheRow() {
    queued = true;
    pending.lookup.begin();
    now = SharedLookup.PATIENCE_NANOS;
  }

  private void assertLookedUpHere() throws Exception {
    assertFoundHere(resolution());
    assertEquals(1, looks);
  }

  /** A look-up that had to wait does not make the name unknown: it is looked up on this thread. */
  private static void assertFoundHere(TargetResolution found) throws UnknownHostException {
    TargetResolution.Resolved resolved = assertInstanceOf(TargetResolution.Resolved.class, found);
    assertEquals(new KnownAddresses.Cached(InetAddress.getAllByName(HOST)), resolved.known());
  }

  @Test
  void aLookUpThatBeginsAsItIsGivenUpSaysNothingOfTheName() throws Exception {
    beginInTheRow();
    assertLookedUpHere();
  }

  @Test
  void norDoesOneThatEndsAsItIsGivenUp() throws Exception {
    meanwhile = () -> pending.answer(OTHER);
    beginInTheRow();
    assertLookedUpHere();
  }

  @Test
  void norOneThatIsRefused() throws Exception {
    pending.lookup.begin();
    pending.fail(new ResolverOverflowException(HOST));
    assertFoundHere(resolution());
  }

  @Test
  void anAnswerIsTaken() throws Exception {
    pending.lookup.begin();
    pending.answer(OTHER);
    TargetResolution.Resolved resolved =
        assertInstanceOf(TargetResolution.Resolved.class, resolution());
    assertEquals(List.of(Ip.of(OTHER)), resolved.addresses());
  }

  @Test
  void theResolversWordThatThereIsNoneIsTaken() throws Exception {
    pending.lookup.begin();
    pending.fail(new UnknownHostException(HOST));
    assertEquals(new TargetResolution.NoSuchName(), resolution());
  }
}
