package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;

/**
 * What all races of a JVM share. Each part is asked for when a race needs it and not before, so
 * that connects which need no race load none of it. Any thread.
 */
public interface RaceEnvironment {

  SystemCalls system();

  /** What all connects share to find the addresses that they may dial. */
  CandidateServices candidates();

  /** Of the side attempts in flight. */
  AttemptLimiter limiter();

  /** Names that refuse all connects without a pause. */
  RefusalStreaks refusals();

  /** What people are told of addresses that do not answer. */
  BrokenAddressReporter brokenPaths();

  /** Whether what a JVM's first race needs has yet to be loaded. */
  default boolean isCold() {
    return false;
  }

  /** Loads what a JVM's first race needs, on another thread. */
  void warmUp();

  /**
   * Has another thread watch a side attempt that has been started.
   *
   * @param whenReady run by that thread when the attempt may have an outcome
   */
  void watch(FallbackAttempt attempt, Runnable whenReady);

  /** The side attempts that were watched are closed: lets go of their descriptors. */
  void unwatch();
}
