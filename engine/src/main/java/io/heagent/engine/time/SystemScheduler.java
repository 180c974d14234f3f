package io.heagent.engine.time;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock is {@link System#nanoTime()}; the timers run on one daemon thread, which ends after it
 * has been idle for a while. Thread-safe.
 */
public final class SystemScheduler implements Scheduler {
  private static final SystemScheduler SHARED = new SystemScheduler(5, TimeUnit.SECONDS);

  private final long origin = System.nanoTime();
  private final ScheduledThreadPoolExecutor executor;

  SystemScheduler(long idle, TimeUnit unit) {
    executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads("he-timer"));
    executor.setKeepAliveTime(idle, unit);
    executor.allowCoreThreadTimeOut(true);
    // Otherwise the cancelled timers of finished races would stay in the queue until they are due.
    executor.setRemoveOnCancelPolicy(true);
  }

  /** The one instance that this process shares. */
  public static SystemScheduler shared() {
    return SHARED;
  }

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    // The executor queues the task before it starts its thread. If that thread cannot be started,
    // the caller gets an error although the task is queued; so the thread is started first.
    if (executor.getPoolSize() == 0) {
      executor.prestartCoreThread();
    }
    ScheduledFuture<?> future =
        executor.schedule(task, Math.max(0, atNanos - now()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
