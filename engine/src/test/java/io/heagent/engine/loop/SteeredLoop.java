package io.heagent.engine.loop;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.VirtualTime;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.function.Supplier;

/**
 * A loop without a thread: a test's own thread runs each task at once, timers go by a virtual
 * clock, and a channel is ready when the test says so.
 */
public final class SteeredLoop extends EventLoop {

  public final VirtualTime time = new VirtualTime();

  /** What the next calls that need the loop's thread throw; null for nothing. */
  public Supplier<? extends RuntimeException> noThread;

  /** The same for an error. */
  public Error noMemory;

  /** How many tasks it was given. */
  public int tasks;

  public SteeredLoop() {
    super("he-none", 0, Selector::open, DaemonThreads.printing());
  }

  private void fail() {
    if (noThread != null) {
      throw noThread.get();
    } else if (noMemory != null) {
      throw noMemory;
    }
  }

  @Override
  public long now() {
    return time.now();
  }

  @Override
  public void execute(Runnable task) {
    fail();
    tasks++;
    task.run();
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    fail();
    return time.schedule(atNanos, task);
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public Watch watch(SelectableChannel channel, int operations, Runnable ready) {
    throw new UnsupportedOperationException("no selector");
  }
}
