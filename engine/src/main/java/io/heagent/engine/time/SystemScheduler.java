package io.heagent.engine.time;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@link System#nanoTime()} and one daemon thread that ends when it has had nothing to do. */
public final class SystemScheduler implements Scheduler {
  private static final SystemScheduler SHARED = new SystemScheduler(5, TimeUnit.SECONDS);

  private final long origin = System.nanoTime();
  private final ScheduledThreadPoolExecutor executor;

  SystemScheduler(long idle, TimeUnit unit) {
    executor = new ScheduledThreadPoolExecutor(1, new DaemonThreads("he-timer"));
    executor.setKeepAliveTime(idle, unit);
    executor.allowCoreThreadTimeOut(true);
    // Otherwise the timers of finished races would stay in the queue until their time.
    executor.setRemoveOnCancelPolicy(true);
  }

  /** The one of this process. */
  public static SystemScheduler shared() {
    return SHARED;
  }

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    // The executor queues the task before it starts its thread: where there is none to be had, the
    // task would be queued although its caller is thrown an error.
    if (executor.getPoolSize() == 0) {
      executor.prestartCoreThread();
    }
    ScheduledFuture<?> future =
        executor.schedule(task, Math.max(0, atNanos - now()), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
