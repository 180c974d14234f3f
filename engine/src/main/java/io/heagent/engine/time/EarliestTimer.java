package io.heagent.engine.time;

/**
 * One timer in place of many. The owner arms it for the earliest time at which something is due,
 * and the task then finds out what that is. A timer that is already armed for an earlier time stays
 * as it is.
 *
 * <p>Not thread-safe: the owner calls every method under a lock of its own; inside that lock only
 * the scheduler's lock is taken.
 */
public final class EarliestTimer {

  /** The time to give to {@link #arm} when nothing is due. */
  public static final long NEVER = Long.MAX_VALUE;

  private final Scheduler scheduler;
  private final Runnable task;

  private Scheduler.Timer timer;
  private long armedAt;

  /**
   * Makes a timer that is not armed.
   *
   * @param task run by the scheduler, which holds no lock of the owner; it takes the owner's lock
   *     and calls {@link #fired} first
   */
  public EarliestTimer(Scheduler scheduler, Runnable task) {
    this.scheduler = scheduler;
    this.task = task;
  }

  /**
   * Arms the timer for a time, or disarms it with {@link #NEVER}. Where the scheduler throws,
   * because no thread or memory is left for a timer, this one is not armed afterwards.
   */
  public void arm(long at) {
    if (timer != null && (armedAt > at || at == NEVER)) {
      timer.cancel();
      timer = null;
    }
    if (at != NEVER && timer == null) {
      try {
        timer = scheduler.schedule(at, task);
        armedAt = at;
      } catch (Throwable noTimer) {
        timer = null;
      }
    }
  }

  public boolean isArmed() {
    return timer != null;
  }

  /** The task says that the timer has fired, so that it is no longer armed. */
  public void fired() {
    timer = null;
  }
}
