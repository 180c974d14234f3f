package io.heagent.agent.connect.loop;

import io.heagent.engine.time.Scheduler;

/** The clock of this JVM and the timers of the {@link Loop}, which need no thread of their own. */
public final class LoopTime implements Scheduler {

  public static final LoopTime INSTANCE = new LoopTime();

  private LoopTime() {}

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    return Loop.schedule(atNanos, task);
  }
}
