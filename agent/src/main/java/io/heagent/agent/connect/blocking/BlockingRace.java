package io.heagent.agent.connect.blocking;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.Adoption;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.order.DialOrder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import sun.nio.ch.HeHook;

/**
 * The race of one blocking connect, which runs on the calling thread in place of the JDK's native
 * connect. It dials the first address on the program's own descriptor and waits for it alone
 * ({@link PrimaryDial}). Only if that address has not answered within the Connection Attempt Delay,
 * or has failed, a {@link BlockingFallback} dials the others. There is an object of this class only
 * for a connect that has no connection by half the shortest delay.
 */
public final class BlockingRace implements BlockingFallback.OutcomeHandler {

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final boolean redial;
  private final PrimaryDial own;

  /** Null until siblings are needed. */
  private CandidateSource source;

  /** Wakes this thread; null until that is needed, and for a thread that waits in poll(2). */
  private Unparker wake;

  private BlockingRace(PrimaryDial own, boolean redial) {
    this.environment = own.environment;
    this.system = environment.system();
    this.call = own.call;
    this.redial = redial;
    this.own = own;
  }

  /**
   * Runs it.
   *
   * @param own the dial of the first address, which has not begun
   * @param redial whether winners are dialled again instead of being duplicated
   * @return what the woven Net.connect is to return, or {@code FAILED}
   * @throws IOException the race's outcome
   */
  public static int run(PrimaryDial own, boolean redial) throws IOException {
    if (own.call.resolution() instanceof TargetResolution.Interrupted) {
      lostAlone(own, null);
      throw new InterruptedIOException();
    } else if (own.call.resolution() instanceof TargetResolution.TimedOut) {
      IOException timeout = own.environment.failures().timeout(own.call, List.of());
      lostAlone(own, timeout);
      throw timeout;
    }
    BlockingRace race = null;
    try {
      long start = begin(own);
      int result;
      if (settle(own, start)) {
        result = HeHook.CONNECTED;
      } else {
        race = new BlockingRace(own, redial);
        result = race.goOn(start);
      }
      if (result == HeHook.CONNECTED && own.isDialled()) {
        own.restoreMode();
      }
      return result;
    } catch (RuntimeException | Error unexpected) {
      return failOpen(own, unexpected);
    } finally {
      if (!own.isCounted()) {
        // The program was interrupted, or the agent has failed, while one address was waited for.
        lostAlone(own, own.failure());
      }
      if (race != null && race.source != null) {
        race.source.close();
      }
    }
  }

  /**
   * Dials the first address, and waits for it for half the shortest delay. Most connects have an
   * answer by then, and need not compute their own delay.
   *
   * @return when it was dialled
   */
  private static long begin(PrimaryDial own) throws IOException {
    ConnectCall call = own.call;
    SystemCalls system = own.environment.system();
    InetAddress first = own.address();
    if (FollowerWait.isDue(own.environment, call)) {
      CandidateSource.replaceOrder(call, FollowerWait.await(own.environment, call));
      if (call.isReordered()) {
        first = call.order().first();
      }
    }
    RaceObservation.starting(call);
    long start = system.nanoTime();
    RaceObservation.dialling(call, first);
    own.dial(first);
    own.await(Math.min(call.deadline(), start + half(call.shortestDelay())));
    return start;
  }

  /**
   * Records the outcome of the first address, if it has one.
   *
   * @return whether it is connected, so that the race is over
   */
  private static boolean settle(PrimaryDial own, long start) {
    if (own.isUndecided()) {
      return false;
    }
    ConnectCall call = own.call;
    if (call.group() != null && own.isAnswered() && own.address().equals(call.requested())) {
      BlockingBooks.answered(call);
    }
    if (own.isConnected()) {
      own.count();
      long now = own.environment.system().nanoTime();
      BlockingBooks.connected(own.environment, call, own.address(), start, now);
    }
    return own.isConnected();
  }

  /** The first address is not connected by half the shortest delay. */
  private int goOn(long start) throws IOException {
    if (own.isUndecided()) {
      awaitAlone(start);
      if (settle(own, start)) {
        return HeHook.CONNECTED;
      }
    }
    if (!call.request.socket().isConnecting()) {
      lostAlone(own, null);
      return HeHook.PENDING;
    } else if (isRefusalEnough()) {
      return refused(own.failure());
    }
    if (source == null) {
      environment.preloadAfterFailure();
      source = source();
    }
    own.count();
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
        && own.address().equals(call.requested())
        && environment
            .refusals()
            .isLoop(call.request.host(), call.request.port(), own.address(), system.nanoTime());
  }

  /**
   * Ends the race by the refusal of its one address. A program that is refused again and again
   * without a pause comes here thousands of times a second, so this does only what is necessary.
   */
  private int refused(IOException refusal) {
    IOException told = system.isTraceMadeAnew() ? refusal : StackTraceCleaner.cleaned(refusal);
    lostAlone(own, refusal);
    call.refused(ConnectOutcome.failed(List.of(own.address()), Map.of(), 0), told);
    return HeHook.FAILED;
  }

  /**
   * Counts a race that has ended without a connection before any sibling was dialled.
   *
   * @param cause null if the program has ended it, or the agent has given it up
   */
  private static void lostAlone(PrimaryDial own, IOException cause) {
    own.count();
    BlockingBooks.lost(own.environment, own.call, cause);
  }

  /** Waits for the first address until its delay ends. */
  private void awaitAlone(long start) throws IOException {
    long delay = call.delayAfter(own.address());
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
    if (environment.candidates().racers().areOnStack()) {
      CandidateSource.replaceOrder(call, call.order().onlyRequested());
    }
    wake = redial || system.isVirtualThread() ? new Unparker(system) : null;
    return new CandidateSource(environment.candidates(), call, own.address(), wake);
  }

  @Override
  public int take(FallbackAttempt winner) throws IOException {
    if (redial) {
      return dialAgain(winner);
    }
    try {
      boolean taken = winner.handOver(own.isBlocking(), winner.address);
      own.replaced(winner.address);
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
    return new RedialRace(environment, call, own, own.address()).take(winner);
  }

  /** The address that the program's socket is connected to. */
  @Override
  public InetAddress peer() {
    return own.peer();
  }

  private static long half(long delay) {
    return DialOrder.finite(delay) / 2;
  }

  /** The agent has failed: the JDK goes on with the descriptor as it is. */
  private static int failOpen(PrimaryDial own, Throwable unexpected) throws IOException {
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
    return own.isDialled() ? HeHook.PENDING : HeHook.PROCEED;
  }
}
