package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.observe.Observer;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.report.BrokenAddressReporter;

/**
 * What all races of a JVM share. A race asks for each part when it needs it, so that connects
 * without a race load none of the classes. Any thread.
 */
public interface RaceEnvironment {

  SystemCalls system();

  /** Is told what becomes of races. */
  Observer observer();

  /** Has the timers of races, and watches fallback attempts. */
  RaceLoop loop();

  /** What all connects share to find the addresses that they may dial. */
  CandidateServices candidates();

  /** Limits the fallback attempts in flight. */
  AttemptLimiter limiter();

  /** Recognises programs that connect without a pause while all addresses of a name refuse. */
  RefusalStreaks refusals();

  /** Reports addresses that do not answer. */
  BrokenAddressReporter brokenPaths();

  /** Makes the exceptions of failed races. */
  RaceFailure failures();

  /** Whether the classes of the JVM's first race have not been loaded yet. */
  default boolean isCold() {
    return false;
  }

  /** Loads the classes of the JVM's first race on another thread. */
  void preloadInDelay();

  /**
   * Has another thread share in loading these classes, if they are still needed, because the first
   * address has failed at once and left no time for {@link #preloadInDelay}. Never throws.
   */
  void preloadAfterFailure();
}
