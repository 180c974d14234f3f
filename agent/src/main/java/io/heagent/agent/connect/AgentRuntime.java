package io.heagent.agent.connect;

import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;
import java.io.IOException;

/** Makes what the races of this JVM share, each part when it is first needed. */
final class AgentRuntime implements RaceEnvironment {

  /** Declared as the interface: who hands it on need not load this class to be verified. */
  static final RaceEnvironment INSTANCE = new AgentRuntime();

  private final SystemCalls system = new JdkSystemCalls();

  private AgentRuntime() {}

  @Override
  public SystemCalls system() {
    return system;
  }

  @Override
  public AttemptLimiter limiter() {
    return Coordination.LIMITER;
  }

  @Override
  public RefusalStreaks refusals() {
    return Coordination.REFUSALS;
  }

  @Override
  public BrokenAddressReporter brokenPaths() {
    return BrokenPaths.OF_PROCESS;
  }

  @Override
  public boolean isCold() {
    return WarmUp.isWanted();
  }

  @Override
  public void warmUp() {
    WarmUp.begin();
  }

  @Override
  public void watch(SideAttempt attempt, Runnable whenReady) {
    Loop.execute(new Watch(attempt, whenReady));
  }

  @Override
  public void unwatch() {
    Loop.flush();
  }

  /** On the loop. */
  private record Watch(SideAttempt attempt, Runnable whenReady) implements Runnable {
    @Override
    public void run() {
      try {
        Loop.watch(attempt, watched -> whenReady.run());
      } catch (IOException | RuntimeException closedMeanwhile) {
        whenReady.run();
      }
    }
  }

  /** What all races share to coordinate. Loaded when the first race needs any of it. */
  private static final class Coordination {
    static final AttemptLimiter LIMITER = new AttemptLimiter(LoopTime.INSTANCE);
    static final RefusalStreaks REFUSALS = new RefusalStreaks();

    private Coordination() {}
  }
}
