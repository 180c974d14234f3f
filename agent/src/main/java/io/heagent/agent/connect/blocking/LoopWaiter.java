package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.PrimaryAttempt;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.SocketKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Waits for fallback channels that the event loop watches. It needs public API only, for redial on
 * a platform where the agent cannot poll descriptors. It looks at the program's own descriptor at
 * intervals. It parks and does not select itself, because a select would replace this thread's
 * interrupt action, which closes the program's channel.
 */
final class LoopWaiter implements BlockingFallback.Waiter {

  /**
   * How often the waiter looks whether the program has closed its socket, because a close makes no
   * event here.
   */
  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  /** The first interval between looks at the program's own descriptor; it grows with time. */
  private static final long LOOK_NANOS = 5_000_000L;

  private static final long LATE_LOOK_NANOS = 25_000_000L;
  private static final int LOOKS = 50;

  private final RaceEnvironment environment;
  private final ConnectCall call;
  private final Unparker wake;
  private int looks;
  private boolean interrupted;

  LoopWaiter(RaceEnvironment environment, ConnectCall call, Unparker wake) {
    this.environment = environment;
    this.call = call;
    this.wake = wake;
  }

  @Override
  public void started(DescriptorAttempt attempt) {
    RaceLoop loop = environment.loop();
    loop.execute(new Watch(loop, (FallbackAttempt) attempt, wake));
  }

  @Override
  public void await(List<DescriptorAttempt> pending, long nanos) throws IOException {
    // An interrupt would end every later park at once, so its status is cleared here and set again
    // for the program afterwards. A socket on a platform thread ignores an interrupt, and a channel
    // has been closed by it already.
    interrupted |= Thread.interrupted();
    if (interrupted
        && call.request.socket().kind() == SocketKind.SOCKET
        && environment.system().isVirtualThread()) {
      throw new InterruptedIOException();
    }
    if (!wake.isDue()) {
      environment.system().park(this, Math.min(nanos, untilLook(pending)));
    }
    wake.clear();
  }

  private long untilLook(List<DescriptorAttempt> pending) {
    for (DescriptorAttempt attempt : pending) {
      if (attempt instanceof PrimaryAttempt && attempt.isPollable()) {
        return ++looks <= LOOKS ? LOOK_NANOS : LATE_LOOK_NANOS;
      }
    }
    return CLOSE_CHECK_NANOS;
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    // The fallback attempts that the loop has watched are closed, so the loop drops their keys.
    environment.loop().flush();
  }

  /** Has the loop watch an attempt; runs on the loop. */
  private record Watch(RaceLoop loop, FallbackAttempt attempt, Runnable ready) implements Runnable {
    @Override
    public void run() {
      try {
        loop.watch(attempt, ready);
      } catch (IOException | RuntimeException closedMeanwhile) {
        ready.run();
      }
    }
  }
}
