package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * The attempts of one race, beside the engine's core that rules over them. Confined as its race.
 */
public final class RaceAttempts {

  /** RFC 8305, section 5: starts MUST NOT be closer than 10 ms; a refusal this quick is local. */
  private static final long MINIMUM_GAP_NANOS = 10_000_000L;

  /** Decides; asks for its first candidate at once. */
  public final RaceCore core;

  /** What has become of them so far. */
  public final AttemptReport report;

  private final RaceEnvironment environment;
  private final SystemCalls system;
  private final ConnectCall call;
  private final List<DescriptorAttempt> started = new ArrayList<>(4);

  /** Null for a race that asks again by itself. */
  private final AttemptLimiter.Waiter room;

  /**
   * Of a race that begins.
   *
   * @param whenRoom run by any thread when there is room for a further attempt; null for a race
   *     that asks again by itself
   */
  public RaceAttempts(
      RaceEnvironment environment, ConnectCall call, long startedAt, Runnable whenRoom) {
    this.environment = environment;
    this.system = environment.system();
    this.call = call;
    this.room = whenRoom == null ? null : new AttemptLimiter.Waiter(whenRoom);
    core =
        new RaceCore(
            new RaceSettings(call.rule.delayNanos(), call.rule.maxInFlight(), MINIMUM_GAP_NANOS),
            startedAt,
            call.deadline);
    report = new AttemptReport(environment, call, core, started);
  }

  /** The race that they are made for. */
  public interface Race {

    /** Makes an attempt that dials nothing yet. */
    FallbackAttempt make(InetAddress address, AttemptLimiter.Permit permit);

    /** Begins it, and to wait for it. */
    void start(FallbackAttempt attempt) throws IOException;
  }

  /**
   * Answers the core's question for a candidate with an attempt at the next address, or with the
   * word that there are no more.
   *
   * @param source knows the next one
   * @return false if it has to wait because too many attempts of the process are in flight
   */
  public boolean offer(CandidateSource source, Race race) {
    // The first attempt is the one that the program itself makes.
    boolean isFirst = started.isEmpty() && source.first() != null;
    AttemptLimiter.Permit permit = isFirst ? null : environment.limiter().take(room);
    if (permit == null && !isFirst) {
      return false;
    }
    InetAddress next = isFirst ? source.first() : source.next();
    if (next == null) {
      environment.limiter().giveBack(permit);
      core.exhausted(system.nanoTime());
      return true;
    }
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
      // No route, no such family, no descriptor left: nothing has been sent, the next one is due.
      failed(index, e, true);
    }
    return true;
  }

  /** An attempt that the core has been offered, in the same order. */
  public void add(DescriptorAttempt attempt) {
    started.add(attempt);
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
   * An attempt has failed: closes it and tells the core.
   *
   * @param unsent whether the system has refused it before any packet
   */
  public void failed(int index, Exception cause, boolean unsent) {
    started.get(index).close();
    long now = system.nanoTime();
    long began = core.attempts().get(index).startNanos();
    boolean refusedAtOnce = cause instanceof ConnectException && now - began < MINIMUM_GAP_NANOS;
    core.failed(index, told(cause), unsent || refusedAtOnce, now);
  }

  /** What people and programs are told of it: nothing of what is wrong with us. */
  private static IOException told(Exception cause) {
    if (cause instanceof IOException ofTheNetwork) {
      return ofTheNetwork;
    }
    Faults.unexpected(cause);
    return new SocketException("Connect failed");
  }

  /** Gives all of them up, but for one (or none: null). Throws nothing. */
  public void closeAllBut(DescriptorAttempt kept) {
    for (DescriptorAttempt attempt : started) {
      if (attempt != kept) {
        attempt.close();
      }
    }
  }

  /**
   * The race is over: has its outcome remembered. What is undecided says nothing of an address.
   * Throws nothing: the outcome has been decided.
   */
  public void end() {
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
      report.remember(now);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
