package io.heagent.agent.connect;

import io.heagent.agent.connect.admission.Admission;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.channel.ChannelEnvironment;
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

/**
 * Makes the objects that the connects of this JVM share, and ties them together. It is made for the
 * first connect; the objects that only races need are made when the first race needs them. There is
 * one for each {@link ConnectHook}. Any thread.
 */
final class AgentRuntime implements RaceEnvironment {

  private final Admission admission;
  private final boolean redial;
  private final JdkSystemCalls system;
  private final BrokenAddressReporter brokenPaths = new BrokenAddressReporter(new Warn());

  /** Whether the classes of a first race are loaded, or being loaded. */
  private final AtomicBoolean warm = new AtomicBoolean();

  /** Made for the first fallback attempt. Written under this object's monitor. */
  private volatile AttemptLimiter limiter;

  /** Made for the first channel that is raced. Written under this object's monitor. */
  private volatile ChannelEnvironment channels;

  /**
   * A runtime without any connect.
   *
   * @param given the options that some socket was ever given
   * @param redial whether the address of a winner is dialled again instead of its connection being
   *     duplicated
   */
  AgentRuntime(Admission admission, OptionsInUse given, boolean redial) {
    this.admission = admission;
    this.redial = redial;
    this.system = new JdkSystemCalls(given);
  }

  /** Decides which connects are raced. */
  Admission admission() {
    return admission;
  }

  /** The objects that the races of channels share. */
  ChannelEnvironment channels() {
    ChannelEnvironment made = channels;
    return made == null ? makeChannels() : made;
  }

  private synchronized ChannelEnvironment makeChannels() {
    if (channels == null) {
      channels = ChannelEnvironment.ofJvm(this, admission.peers, redial, admission);
    }
    return channels;
  }

  @Override
  public SystemCalls system() {
    return system;
  }

  @Override
  public CandidateServices candidates() {
    return admission.services();
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
    return admission.services().refusals();
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

  /** Prints a line at {@code log=warn}. */
  private static final class Warn implements Consumer<String> {
    @Override
    public void accept(String line) {
      Log.warn(line);
    }
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
