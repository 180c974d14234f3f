package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.PrimaryAttempt;
import io.heagent.agent.connect.attempt.RaceAttempts;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceEnd;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.RaceCore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import sun.nio.ch.HeHook;

/**
 * Drives the engine's {@link RaceCore} on the calling thread: it starts the attempts that the core
 * wants, and reports to the core what the network answers. All rules are the core's.
 */
final class BlockingFallback implements RaceAttempts.Race {

  /** How the thread that runs the race waits. */
  enum WaitMode {
    /** A platform thread polls all descriptors. */
    POLL,
    /** A virtual thread parks. */
    PARK,
    /** With redial, the loop watches the attempts while the thread parks. */
    WATCH
  }

  /** Waits on the thread that runs the race until an attempt may have an outcome. */
  interface Waiter extends AutoCloseable {

    /**
     * Returns when an attempt may have an outcome or the time is over; may return early for no
     * reason.
     *
     * @param pending the attempts without an outcome
     * @param nanos how long at most, positive
     */
    void await(List<DescriptorAttempt> pending, long nanos) throws IOException;

    /**
     * For how long to wait at most, in nanoseconds, before the race looks whether a further address
     * is known. A waiter that is told when one is known has no limit.
     */
    default long nextLook() {
      return Long.MAX_VALUE;
    }

    /** An attempt has been started and will be among the pending ones. */
    default void started(DescriptorAttempt attempt) throws IOException {}

    @Override
    default void close() {}
  }

  /** Receives the outcome of the fallback. */
  interface OutcomeHandler {

    /**
     * Makes the winner's connection the program's, and owns the winner from here on.
     *
     * @return what the woven Net.connect returns
     */
    int take(FallbackAttempt winner) throws IOException;

    /** The address that the program's socket is connected to, once it is. */
    InetAddress peer();

    /** Called if no attempt has connected, with the outcome that other connects learn from. */
    void failed(ConnectOutcome how);
  }

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final WaitMode mode;
  private final CandidateSource source;

  /** Null in {@link WaitMode#POLL}. */
  private final Unparker wake;

  private final List<DescriptorAttempt> pending = new ArrayList<>(4);

  private RaceAttempts attempts;
  private RaceCore core;
  private Waiter waiter;

  /** How the race has ended for the program. */
  private RaceEnd end = RaceEnd.NONE;

  BlockingFallback(
      RaceEnvironment environment,
      ConnectCall call,
      CandidateSource source,
      WaitMode mode,
      Unparker wake) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.source = source;
    this.mode = mode;
    this.wake = wake;
  }

  /**
   * Runs the race to its end.
   *
   * @param own the attempt on the program's descriptor, which was dialled at {@code start}
   * @param failure the failure of the own attempt; null for none
   * @param handler takes a fallback attempt that wins, or is told that the race has failed
   * @return what the woven Net.connect returns
   * @throws IOException the failure of the race
   */
  int run(PrimaryAttempt own, IOException failure, long start, OutcomeHandler handler)
      throws IOException {
    // If the deadline has passed already, the first tick below must find that out. A core that is
    // finished when it is made would report its end to the poll that expects its first question.
    long begin = Math.min(start, call.deadline() - 1);
    attempts = new RaceAttempts(environment, call, begin, wake);
    core = attempts.core;
    try (Waiter opened = waiter()) {
      waiter = opened;
      boolean wanted = false;
      core.poll();
      core.offer(begin, call.delayAfter(own.address));
      attempts.add(own);
      pending.add(own);
      if (failure != null) {
        ended(0, failure, false);
      }
      while (true) {
        core.tick(system.nanoTime());
        for (Action action; (action = core.poll()) != null; ) {
          // Not a switch: javac makes a class for it, and a JVM's first race would have to load
          // that class.
          Action.Kind kind = action.kind();
          if (kind == Action.Kind.WANT_CANDIDATE) {
            wanted = true;
          } else if (kind == Action.Kind.CANCEL) {
            cancel(action.attempt());
          } else if (kind == Action.Kind.WON) {
            return won(action.attempt(), handler);
          } else if (kind == Action.Kind.CANCELLED) {
            return HeHook.PENDING;
          } else {
            throw failure(handler);
          }
        }
        boolean known = wanted && source.isKnown(core.idleSince(), system.nanoTime());
        if (known && attempts.offer(source, this)) {
          wanted = false;
        } else {
          await(wanted);
        }
      }
    } catch (InterruptedIOException ended) {
      if (ended instanceof SocketTimeoutException) {
        end = RaceEnd.failed(ended);
      }
      throw ended;
    } catch (IOException told) {
      end = RaceEnd.failed(told);
      throw told;
    } catch (RuntimeException | Error unexpected) {
      if (failure != null) {
        end = RaceEnd.failed(failure);
      }
      throw unexpected;
    } finally {
      attempts.end(end);
      attempts.closeAllBut(null);
    }
  }

  private Waiter waiter() {
    if (mode == WaitMode.POLL) {
      return new PollWaiter(system);
    }
    return mode == WaitMode.PARK
        ? new VirtualThreadWaiter(system, call, wake)
        : new LoopWaiter(environment, call, wake);
  }

  @Override
  public FallbackAttempt make(InetAddress address, AttemptLimiter.Permit permit) {
    return mode == WaitMode.PARK
        ? VirtualThreadAttempt.of(environment, call, address, source.isIpv4Only(), permit, wake)
        : new FallbackAttempt(environment, call, address, source.isIpv4Only(), permit);
  }

  @Override
  public void start(FallbackAttempt attempt) throws IOException {
    attempt.start();
    waiter.started(attempt);
    pending.add(attempt);
  }

  private void await(boolean wanted) throws IOException {
    long now = system.nanoTime();
    long wakeAt = core.wakeAt();
    long nanos = wakeAt == RaceCore.NEVER ? RaceCore.NEVER : Math.max(1, wakeAt - now);
    if (wanted) {
      nanos = Math.min(nanos, waiter.nextLook());
      long until = source.givenUpAt(core.idleSince());
      nanos = until == RaceCore.NEVER ? nanos : Math.min(nanos, Math.max(1, until - now));
    }
    try {
      waiter.await(pending, nanos);
    } catch (InterruptedIOException interrupted) {
      throw interrupted;
    } catch (IOException notTheNetwork) {
      throw new UncheckedIOException(notTheNetwork);
    }
    if (!call.request.socket().isConnecting()) {
      core.cancel(system.nanoTime());
      return;
    }
    for (int i = 0; i < attempts.size(); i++) {
      DescriptorAttempt attempt = attempts.get(i);
      if (pending.contains(attempt)) {
        check(i, attempt);
      }
    }
  }

  private void check(int index, DescriptorAttempt attempt) {
    try {
      if (attempt.isConnected()) {
        pending.remove(attempt);
        core.succeeded(index, system.nanoTime());
      }
    } catch (IOException e) {
      ended(index, e, false);
    }
  }

  private void ended(int index, Exception cause, boolean unsent) {
    pending.remove(attempts.get(index));
    attempts.failed(index, cause, unsent);
  }

  private void cancel(int index) {
    DescriptorAttempt attempt = attempts.get(index);
    pending.remove(attempt);
    attempt.close();
  }

  private int won(int index, OutcomeHandler handler) throws IOException {
    DescriptorAttempt attempt = attempts.get(index);
    int result = HeHook.CONNECTED;
    if (attempt instanceof FallbackAttempt side) {
      // The losers are closed first, so that they complete fewer handshakes that nobody needs.
      attempts.closeAllBut(side);
      result = handler.take(side);
    }
    if (result == HeHook.CONNECTED) {
      end = RaceEnd.connected(handler.peer());
    }
    attempts.report.log(end);
    return result;
  }

  private IOException failure(OutcomeHandler handler) {
    handler.failed(attempts.report.outcome());
    return attempts.report.toBeTold();
  }
}
