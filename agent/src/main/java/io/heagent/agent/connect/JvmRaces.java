package io.heagent.agent.connect;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.loop.Loop;
import io.heagent.agent.connect.loop.LoopTime;
import io.heagent.agent.connect.socket.JdkSystemCalls;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Log;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What the races of this JVM share: each part is made when the first race needs it. Any thread. */
final class JvmRaces implements RaceEnvironment, Consumer<String> {

  private final CandidateServices candidates;
  private final JdkSystemCalls system;
  private final BrokenAddressReporter brokenPaths = new BrokenAddressReporter(this);

  /** Whether the classes of a first race are loaded, or being loaded. */
  private final AtomicBoolean warm = new AtomicBoolean();

  /** Made for the first side attempt. Written under this monitor. */
  private volatile AttemptLimiter limiter;

  /**
   * @param candidates finds the addresses that they may dial
   * @param given the options that some socket was ever given
   */
  JvmRaces(CandidateServices candidates, OptionsInUse given) {
    this.candidates = candidates;
    this.system = new JdkSystemCalls(given);
  }

  @Override
  public SystemCalls system() {
    return system;
  }

  @Override
  public CandidateServices candidates() {
    return candidates;
  }

  @Override
  public AttemptLimiter limiter() {
    AttemptLimiter made = limiter;
    return made == null ? makeLimiter() : made;
  }

  private synchronized AttemptLimiter makeLimiter() {
    if (limiter == null) {
      limiter = new AttemptLimiter(LoopTime.INSTANCE);
    }
    return limiter;
  }

  @Override
  public RefusalStreaks refusals() {
    return candidates.refusals();
  }

  @Override
  public BrokenAddressReporter brokenPaths() {
    return brokenPaths;
  }

  @Override
  public boolean isCold() {
    return !warm.get();
  }

  @Override
  public void warmUp() {
    if (!warm.get() && warm.compareAndSet(false, true)) {
      WarmUp.begin(system);
    }
  }

  @Override
  public void watch(FallbackAttempt attempt, Runnable whenReady) {
    Loop.execute(new Watch(attempt, whenReady));
  }

  @Override
  public void unwatch() {
    Loop.flush();
  }

  /** People are told of broken addresses in the log. */
  @Override
  public void accept(String line) {
    Log.warn(line);
  }

  /** On the loop. */
  private record Watch(FallbackAttempt attempt, Runnable whenReady) implements Runnable {
    @Override
    public void run() {
      try {
        Loop.watch(attempt, watched -> whenReady.run());
      } catch (IOException | RuntimeException closedMeanwhile) {
        whenReady.run();
      }
    }
  }
}
