package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceEnd;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * The attempts of one race, and the engine's core that decides about them. Guarded as its race is.
 */
public final class RaceAttempts {

  /**
   * RFC 8305, section 5: two starts MUST NOT be closer together than 10 ms. A refusal within this
   * time counts as local.
   */
  private static final long MINIMUM_GAP_NANOS = 10_000_000L;

  /** The state machine that decides; it asks for its first candidate at once. */
  public final RaceCore core;

  /** Reports the outcomes of the attempts. */
  public final AttemptReport report;

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final List<DescriptorAttempt> started = new ArrayList<>(4);

  /**
   * This race's place among those that wait until the process has fewer attempts in flight; null
   * for a race that asks again by itself.
   */
  private final AttemptLimiter.Waiter room;

  /**
   * The attempts of a race that begins.
   *
   * @param whenRoom run by any thread when a permit for a further attempt is reserved; null for a
   *     race that asks again by itself
   */
  public RaceAttempts(
      RaceEnvironment environment, ConnectCall call, long startedAt, Runnable whenRoom) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.room = whenRoom == null ? null : new AttemptLimiter.Waiter(whenRoom);
    core =
        new RaceCore(
            new RaceSettings(
                call.request.rule().delayNanos(),
                call.request.rule().maxInFlight(),
                MINIMUM_GAP_NANOS),
            startedAt,
            call.deadline());
    report = new AttemptReport(environment, call, core, started);
  }

  /** The race to which the attempts belong. */
  public interface Race {

    /** Makes an attempt that has not begun. */
    FallbackAttempt make(InetAddress address, AttemptLimiter.Permit permit);

    /** Begins an attempt, and the wait for its outcome. */
    void start(FallbackAttempt attempt) throws IOException;
  }

  /**
   * Answers the core's question for a candidate: starts an attempt at the next address, or says
   * that there are no more.
   *
   * @param source supplies the next address
   * @return false if the race must wait because the process has too many attempts in flight
   */
  public boolean offer(CandidateSource source, Race race) {
    AttemptLimiter.Permit permit = environment.limiter().take(room);
    if (permit == null) {
      return false;
    }
    InetAddress next = source.next();
    if (next == null) {
      environment.limiter().giveBack(permit);
      core.exhausted(system.nanoTime());
      return true;
    }
    RaceObservation.starting(call);
    int index = core.offer(system.nanoTime(), call.delayAfter(next));
    if (index == Action.NONE) {
      environment.limiter().giveBack(permit);
      return true;
    }
    FallbackAttempt attempt = race.make(next, permit);
    add(attempt);
    try {
      race.start(attempt);
    } catch (IOException | RuntimeException e) {
      // No route, no such family or no descriptor: nothing has been sent, so the next attempt is
      // due at once.
      failed(index, e, true);
    }
    return true;
  }

  /**
   * Adds an attempt that the core has counted. Attempts are added in the order in which the core
   * counts them, so that an attempt has the same index here as in the core.
   */
  public void add(DescriptorAttempt attempt) {
    started.add(attempt);
    if (!(attempt instanceof PrimaryAttempt)) {
      RaceObservation.dialling(call, attempt.address);
    }
    if (attempt.address.equals(call.requested())) {
      core.outlive(started.size() - 1, call.order().patience());
    }
  }

  public DescriptorAttempt get(int index) {
    return started.get(index);
  }

  public int indexOf(DescriptorAttempt attempt) {
    return started.indexOf(attempt);
  }

  public int size() {
    return started.size();
  }

  /**
   * Called when an attempt has failed: closes it and tells the core.
   *
   * @param unsent whether the attempt failed before a packet was sent
   */
  public void failed(int index, Exception cause, boolean unsent) {
    started.get(index).close();
    long now = system.nanoTime();
    long began = core.attempts().get(index).startNanos();
    boolean refusedAtOnce = cause instanceof ConnectException && now - began < MINIMUM_GAP_NANOS;
    IOException told = told(cause);
    core.failed(index, told, unsent || refusedAtOnce, now);
    RaceObservation.ended(call, index, Outcome.FAILED, told);
  }

  /** The failure for messages and programs; an exception of the agent's own code is replaced. */
  private static IOException told(Exception cause) {
    if (cause instanceof IOException ofTheNetwork) {
      return ofTheNetwork;
    }
    Faults.unexpected(cause);
    return new SocketException("Connect failed");
  }

  /** Closes all attempts except one; null closes all. Never throws. */
  public void closeAllBut(DescriptorAttempt kept) {
    for (DescriptorAttempt attempt : started) {
      if (attempt != kept) {
        attempt.close();
      }
    }
  }

  /**
   * Called when the race is over: gives up its place in the queue for permits, and reports its
   * outcome to the history. An attempt without an outcome says nothing about its address. Never
   * throws, because the outcome has been decided.
   *
   * @param end how the race has ended for the program
   */
  public void end(RaceEnd end) {
    long now = system.nanoTime();
    try {
      if (room != null) {
        environment.limiter().leave(room);
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    try {
      core.cancel(now);
      report.remember(end, now);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
