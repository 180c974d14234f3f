package io.heagent.agent.connect;

import java.util.function.Consumer;

/** Runs tasks on the {@link Loop} after some time. */
final class Later implements Consumer<Runnable> {

  private final long nanos;

  Later(long nanos) {
    this.nanos = nanos;
  }

  @Override
  public void accept(Runnable task) {
    Loop.schedule(System.nanoTime() + nanos, task);
  }
}
