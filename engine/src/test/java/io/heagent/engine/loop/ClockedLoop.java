package io.heagent.engine.loop;

import io.heagent.engine.time.DaemonThreads;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;

/** A loop with its own thread and a real selector, whose clock a test moves. */
public final class ClockedLoop extends EventLoop {

  private static final long MS = 1_000_000L;

  // Not zero, so that a test fails if something assumes that the clock starts with the race.
  private final AtomicLong clock = new AtomicLong(123_456_789L);

  /** What the next channel to be watched is told; null for nothing. Any thread. */
  public volatile IOException noWatch;

  public ClockedLoop() {
    super("he-test-clocked", 0, Selector::open, DaemonThreads.printing());
  }

  /** Lets so many nanoseconds pass. */
  public void pass(long nanos) {
    clock.addAndGet(nanos);
  }

  public void passMillis(long millis) {
    pass(millis * MS);
  }

  @Override
  public long now() {
    return clock.get();
  }

  @Override
  public Watch watch(SelectableChannel channel, int operations, Runnable ready) throws IOException {
    IOException failure = noWatch;
    if (failure != null) {
      throw failure;
    }
    return super.watch(channel, operations, ready);
  }
}
