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
 * Waits for side channels that the event loop watches, by public API only: for redial, where the
 * platform has nothing better. The program's own descriptor is looked at now and then. It parks and
 * does not select itself, because a select would put itself in the place of what an interrupt of
 * this thread has to close.
 */
final class LoopWaiter implements Waiter {

  /** A close of the program's socket is not an event here, only a state to look at. */
  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  /** How often the program's own descriptor is looked at: less often after some time. */
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
    // An interrupt would end every park at once. It is kept for the program: a socket on a platform
    // thread does not heed it, a channel has been closed by it already.
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
    // The side attempts that it has watched are closed.
    environment.loop().flush();
  }

  /** On the loop. */
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
