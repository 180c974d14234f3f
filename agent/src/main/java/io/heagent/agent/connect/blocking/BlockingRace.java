package io.heagent.agent.connect.blocking;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.Adoption;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.order.DialOrder;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.util.List;
import java.util.Map;
import sun.nio.ch.HeHook;

/**
 * The race of one blocking connect, which runs on the calling thread in place of the JDK's native
 * connect. It dials the first address on the program's own descriptor and waits for it alone. Only
 * if that address has not answered within the Connection Attempt Delay, or has failed, a {@link
 * BlockingFallback} dials the others.
 */
public final class BlockingRace implements BlockingFallback.OutcomeHandler {

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final boolean redial;
  private final PrimaryDial own;
  private InetAddress first;

  /** The address of the winner that the program's socket has taken over; null for none. */
  private InetAddress adopted;

  /** Null until siblings are needed. */
  private CandidateSource source;

  /**
   * Whether the observer has counted this race, or the code that goes on with it will see to that.
   */
  private boolean counted;

  /** Wakes this thread; null until that is needed, and for a thread that waits in poll(2). */
  private Unparker wake;

  public BlockingRace(
      RaceEnvironment environment,
      ConnectCall call,
      ProtocolFamily family,
      FileDescriptor fd,
      InetAddress first,
      boolean redial) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.first = first;
    this.redial = redial;
    this.own = new PrimaryDial(system, call, family, fd);
  }

  /**
   * Runs it.
   *
   * @return what the woven Net.connect is to return, or {@code FAILED}
   * @throws IOException the race's outcome
   */
  public int run() throws IOException {
    if (call.resolution() instanceof TargetResolution.Interrupted) {
      lostAlone(null);
      throw new InterruptedIOException();
    } else if (call.resolution() instanceof TargetResolution.TimedOut) {
      IOException timeout = environment.failures().timeout(call, List.of());
      lostAlone(timeout);
      throw timeout;
    }
    try {
      int result = race();
      if (result == HeHook.CONNECTED && own.attempt() != null) {
        own.restoreMode();
      }
      return result;
    } catch (RuntimeException | Error unexpected) {
      return failOpen(unexpected);
    } finally {
      if (!counted) {
        // The program was interrupted, or the agent has failed, while one address was waited for.
        lostAlone(own.failure());
      }
      if (source != null) {
        source.close();
      }
    }
  }

  private int race() throws IOException {
    long start = system.nanoTime();
    if (FollowerWait.isDue(system, call)) {
      CandidateSource.replaceOrder(call, FollowerWait.await(environment, call));
      if (call.isReordered()) {
        first = call.order().first();
      }
      start = system.nanoTime();
    }
    RaceObservation.dialling(call, first);
    own.dial(first);
    // Most connects have an answer by half the shortest delay, and need not compute their own
    // delay.
    own.await(Math.min(call.deadline(), start + half(call.shortestDelay())));
    if (own.isUndecided()) {
      awaitAlone(start);
    }
    if (call.group() != null && own.isAnswered() && first.equals(call.requested())) {
      BlockingBooks.answered(call);
    }
    if (own.isConnected()) {
      counted = true;
      BlockingBooks.connected(environment, call, first, system.nanoTime() - start);
      return HeHook.CONNECTED;
    } else if (!call.request.socket().isConnecting()) {
      lostAlone(null);
      return HeHook.PENDING;
    } else if (isRefusalEnough()) {
      return refused(own.failure());
    }
    if (source == null) {
      environment.preloadAfterFailure();
      source = source();
    }
    counted = true;
    return new BlockingFallback(environment, call, source, waitMode(), wake)
        .run(own.attempt(), own.failure(), start, this);
  }

  private BlockingFallback.WaitMode waitMode() {
    if (redial) {
      return BlockingFallback.WaitMode.WATCH;
    }
    return system.isVirtualThread()
        ? BlockingFallback.WaitMode.PARK
        : BlockingFallback.WaitMode.POLL;
  }

  /** Whether the refusal of the requested address is enough to fail the connect. */
  private boolean isRefusalEnough() {
    return own.failure() instanceof ConnectException
        && first.equals(call.requested())
        && environment
            .refusals()
            .isLoop(call.request.host(), call.request.port(), first, system.nanoTime());
  }

  /**
   * Ends the race by the refusal of its one address. A program that is refused again and again
   * without a pause comes here thousands of times a second, so this does only what is necessary.
   */
  private int refused(IOException refusal) {
    IOException told = system.isTraceMadeAnew() ? refusal : StackTraceCleaner.cleaned(refusal);
    lostAlone(refusal);
    call.refused(ConnectOutcome.failed(List.of(first), Map.of(), 0), told);
    return HeHook.FAILED;
  }

  /**
   * Counts a race that has ended without a connection before any sibling was dialled.
   *
   * @param cause null if the program has ended it, or the agent has given it up
   */
  private void lostAlone(IOException cause) {
    counted = true;
    BlockingBooks.lost(environment, call, cause);
  }

  /** Waits for the first address until its delay ends. */
  private void awaitAlone(long start) throws IOException {
    long delay = call.delayAfter(first);
    boolean toTheEnd = delay == RaceRule.DELAY_OFF || (redial && !system.canDisconnect());
    long until = toTheEnd ? call.deadline() : Math.min(call.deadline(), start + delay);
    own.await(Math.min(until, start + half(delay)));
    if (!own.isUndecided()) {
      return;
    }
    // While this thread waits, unknown siblings are looked up, and the first race of a JVM loads
    // its classes.
    if (!redial) {
      environment.preloadInDelay();
    }
    source = source();
    own.await(until);
  }

  private CandidateSource source() {
    if (RacingClients.areOnStack()) {
      CandidateSource.replaceOrder(call, call.order().onlyRequested());
    }
    wake = redial || system.isVirtualThread() ? new Unparker(system) : null;
    return new CandidateSource(environment.candidates(), call, first, wake);
  }

  @Override
  public int take(FallbackAttempt winner) throws IOException {
    if (redial) {
      return dialAgain(winner);
    }
    try {
      boolean taken = winner.handOver(own.isBlocking(), winner.address);
      own.replaced();
      adopted = taken ? winner.address : null;
      return taken ? HeHook.CONNECTED : HeHook.PENDING;
    } catch (Adoption.NotCarriedException e) {
      Faults.ignored(e);
      return dialAgain(winner);
    } catch (IOException noDuplicate) {
      throw new UncheckedIOException(noDuplicate);
    }
  }

  @Override
  public void failed(ConnectOutcome how) {
    call.failed(how);
  }

  private int dialAgain(FallbackAttempt winner) throws IOException {
    return new RedialRace(environment, call, own, first).take(winner);
  }

  /** The address that the program's socket is connected to. */
  @Override
  public InetAddress peer() {
    return adopted == null ? own.attempt().address : adopted;
  }

  private static long half(long delay) {
    return DialOrder.finite(delay) / 2;
  }

  /** The agent has failed: the JDK goes on with the descriptor as it is. */
  private int failOpen(Throwable unexpected) throws IOException {
    if (unexpected instanceof ThreadDeath stopped) {
      // The program stops this thread (Thread.stop, up to JDK 19), as it may in the JDK's connect.
      own.restoreMode();
      throw stopped;
    }
    Faults.unexpected(unexpected);
    if (own.failure() != null) {
      throw StackTraceCleaner.cleanedIfPossible(own.failure());
    }
    own.restoreMode();
    return own.attempt() == null ? HeHook.PROCEED : HeHook.PENDING;
  }
}
