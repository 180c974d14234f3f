package io.heagent.agent.connect.fake;

import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceFailure;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;
import java.util.ArrayList;
import java.util.List;

/** What the races on a {@link FakeNetwork} share. */
public final class FakeEnvironment implements RaceEnvironment {

  public final FakeNetwork network = new FakeNetwork();
  public final FakeLoop loop = new FakeLoop(network);
  public final AttemptLimiter limiter = new AttemptLimiter(network);
  public final Observer observer = new Observer(() -> {});
  final RefusalStreaks refusals = new RefusalStreaks();

  /** What people were told. */
  final List<String> told = new ArrayList<>();

  private final BrokenAddressReporter brokenPaths = new BrokenAddressReporter(told::add);

  /** Whether what a first race needs has yet to be loaded. */
  public boolean cold;

  /** How often another thread was to share in loading classes. */
  public int loadedAhead;

  @Override
  public SystemCalls system() {
    return network;
  }

  @Override
  public Observer observer() {
    return observer;
  }

  @Override
  public RaceLoop loop() {
    return loop;
  }

  @Override
  public CandidateServices candidates() {
    return Calls.STRICT;
  }

  @Override
  public AttemptLimiter limiter() {
    return limiter;
  }

  @Override
  public RefusalStreaks refusals() {
    return refusals;
  }

  @Override
  public BrokenAddressReporter brokenPaths() {
    return brokenPaths;
  }

  @Override
  public RaceFailure failures() {
    return new RaceFailure(true);
  }

  @Override
  public boolean isCold() {
    return cold;
  }

  @Override
  public void preloadInDelay() {
    network.say("warm up", null);
  }

  @Override
  public void preloadAfterFailure() {
    loadedAhead++;
  }
}
