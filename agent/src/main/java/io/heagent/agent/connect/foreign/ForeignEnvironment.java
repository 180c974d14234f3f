package io.heagent.agent.connect.foreign;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;

/**
 * What all races of a JVM share, with the system calls of one library's channel.
 *
 * @param shared by all
 */
record ForeignEnvironment(RaceEnvironment shared, SystemCalls system) implements RaceEnvironment {

  @Override
  public CandidateServices candidates() {
    return shared.candidates();
  }

  @Override
  public AttemptLimiter limiter() {
    return shared.limiter();
  }

  @Override
  public RefusalStreaks refusals() {
    return shared.refusals();
  }

  @Override
  public BrokenAddressReporter brokenPaths() {
    return shared.brokenPaths();
  }

  @Override
  public boolean isCold() {
    return shared.isCold();
  }

  @Override
  public void warmUp() {
    shared.warmUp();
  }

  @Override
  public void watch(FallbackAttempt attempt, Runnable whenReady) {
    shared.watch(attempt, whenReady);
  }

  @Override
  public void unwatch() {
    shared.unwatch();
  }
}
