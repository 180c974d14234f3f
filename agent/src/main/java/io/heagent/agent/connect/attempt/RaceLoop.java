package io.heagent.agent.connect.attempt;

import io.heagent.engine.time.Scheduler;
import java.io.IOException;

/**
 * The event loop as races need it: its clock, its timers and its one thread. Tests put a virtual
 * one in its place. Any thread, but for {@link #watch}. Whoever hands something over is thrown what
 * keeps the loop from running, and then nothing is queued.
 */
public interface RaceLoop extends Scheduler {

  /** Runs a task on the loop's thread, soon. */
  void execute(Runnable task);

  /** Runs a task now, or, on the loop's thread, once that has done some more of what is due. */
  void soon(Runnable task);

  /** Whether so much is due within a short time that it had better be prepared before. */
  boolean isCrowded();

  /** Has the loop let go of closed channels: until then their descriptors stay open. */
  void flush();

  /**
   * Watches an attempt's channel for the outcome of its connect, once. On the loop's thread only.
   *
   * @param ready run on the loop's thread; by then the channel is registered nowhere any more
   */
  void watch(FallbackAttempt attempt, Runnable ready) throws IOException;
}
