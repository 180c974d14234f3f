package io.heagent.agent.connect;

import io.heagent.agent.config.Settings;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceFailure;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.socket.JdkSystemCalls;
import io.heagent.agent.connect.socket.OptionsInUse;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Log;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The objects that the races of this JVM share. Each is made when the first race needs it. Any
 * thread.
 */
final class JvmRaces implements RaceEnvironment, Consumer<String> {

  private final RaceLoop loop;
  private final CandidateServices candidates;
  private final Supplier<Settings> settings;
  private final JdkSystemCalls system;
  private final Observer observer;
  private final BrokenAddressReporter brokenPaths = new BrokenAddressReporter(this);

  /** Whether the classes of a first race are loaded, or being loaded. */
  private final AtomicBoolean warm = new AtomicBoolean();

  /** Whether a second thread loads what comes after a failure, or has done so. */
  private final AtomicBoolean ahead = new AtomicBoolean();

  /** Made for the first fallback attempt. Written under this object's monitor. */
  private volatile AttemptLimiter limiter;

  /**
   * @param loop has the timers of races, and watches fallback attempts
   * @param candidates finds the addresses that races may dial
   * @param settings those in force, which say whether exceptions name the host and its addresses
   * @param given the options that some socket was ever given
   * @param observer is told what becomes of them
   */
  JvmRaces(
      RaceLoop loop,
      CandidateServices candidates,
      Supplier<Settings> settings,
      OptionsInUse given,
      Observer observer) {
    this.settings = settings;
    this.loop = loop;
    this.candidates = candidates;
    this.system = new JdkSystemCalls(given);
    this.observer = observer;
  }

  @Override
  public Observer observer() {
    return observer;
  }

  @Override
  public SystemCalls system() {
    return system;
  }

  @Override
  public RaceLoop loop() {
    return loop;
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
      limiter = new AttemptLimiter(loop);
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
  public RaceFailure failures() {
    return new RaceFailure(settings.get().fullMessages());
  }

  @Override
  public boolean isCold() {
    return !warm.get();
  }

  @Override
  public void preloadInDelay() {
    if (!warm.get() && warm.compareAndSet(false, true)) {
      DelayPreloader.begin(system, candidates.racers());
    }
  }

  @Override
  public void preloadAfterFailure() {
    if (!ahead.get() && !warm.get() && ahead.compareAndSet(false, true)) {
      FailurePreloader.begin();
    }
  }

  /** Logs a line about broken addresses. */
  @Override
  public void accept(String line) {
    Log.warn(line);
  }
}
