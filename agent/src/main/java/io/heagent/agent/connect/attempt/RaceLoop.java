package io.heagent.agent.connect.attempt;

import io.heagent.engine.time.Scheduler;
import java.io.IOException;

/**
 * The event loop as races need it: its clock, its timers and its one thread. Tests put one with a
 * virtual clock in its place. Any thread may call its methods, except {@link #watch}. If the loop
 * cannot run, the methods that hand something to it throw the reason, and nothing is queued.
 */
public interface RaceLoop extends Scheduler {

  /** Runs a task on the loop's thread as soon as possible. */
  void execute(Runnable task);

  /**
   * Runs a task now if the caller is another thread. On the loop's thread the task runs after a few
   * more tasks that are due.
   */
  void soon(Runnable task);

  /** Whether so many timers are queued that a race should prepare its next attempt early. */
  boolean isCrowded();

  /**
   * Has the loop deregister closed channels, because the JDK keeps their descriptors open until
   * then.
   */
  void flush();

  /**
   * Watches an attempt's channel once for the outcome of its connect. Only the loop's thread may
   * call this.
   *
   * @param ready run on the loop's thread, when the channel is no longer registered
   */
  void watch(FallbackAttempt attempt, Runnable ready) throws IOException;
}
