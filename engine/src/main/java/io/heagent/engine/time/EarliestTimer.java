package io.heagent.engine.time;

/**
 * One timer in place of many: it is armed for the earliest time at which something is due, and its
 * task is to look then what that is. An armed timer that comes early enough is left alone. Guarded
 * by a lock of its owner's; inside it only the scheduler's own lock is taken.
 */
public final class EarliestTimer {

  /** Nothing is due. */
  public static final long NEVER = Long.MAX_VALUE;

  private final Scheduler scheduler;
  private final Runnable task;

  private Scheduler.Timer timer;
  private long armedAt;

  /**
   * Not armed.
   *
   * @param task run by the scheduler, without the owner's lock; has to call {@link #fired} first
   */
  public EarliestTimer(Scheduler scheduler, Runnable task) {
    this.scheduler = scheduler;
    this.task = task;
  }

  /**
   * Something is due at a time, or nothing is at {@link #NEVER}. Where the scheduler has no timer
   * to give, this one is not armed afterwards.
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

  /** It has fired, and is not armed any more. */
  public void fired() {
    timer = null;
  }
}
