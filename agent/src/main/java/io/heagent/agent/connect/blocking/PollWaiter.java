package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.PrimaryAttempt;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.time.Millis;
import java.io.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Polls all pending descriptors at once. The program's own is among them, so that a close ends the
 * wait.
 */
public final class PollWaiter implements BlockingFallback.Waiter {

  /**
   * When the primary attempt has ended, its descriptor is not polled, and a close is noticed only
   * by its signal, which may be missed; so the waiter looks this often.
   */
  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  /**
   * How often the race looks for further addresses, because a look-up cannot wake a thread that
   * waits in poll(2). After some time it looks less often: there may be a thousand such threads.
   */
  private static final long LOOK_NANOS = 5_000_000L;

  private static final long LATE_LOOK_NANOS = 25_000_000L;
  private static final int LOOKS = 50;

  private final SystemCalls system;
  private int looks;

  public PollWaiter(SystemCalls system) {
    this.system = system;
  }

  @Override
  public void await(List<DescriptorAttempt> pending, long nanos) throws IOException {
    if (pending.size() == 1 && pending.get(0).isPollable()) {
      // The usual case after a refusal. It needs none of the classes that polling several
      // descriptors loads.
      awaitOne(pending.get(0), nanos);
      return;
    }
    List<FileDescriptor> fds = new ArrayList<>(pending.size());
    boolean own = false;
    for (DescriptorAttempt attempt : pending) {
      if (attempt.isPollable()) {
        own |= attempt instanceof PrimaryAttempt;
        fds.add(attempt.descriptor());
      }
    }
    system.poll(fds, Millis.roundedUp(limit(own, nanos)));
  }

  private void awaitOne(DescriptorAttempt attempt, long nanos) throws IOException {
    long limit = limit(attempt instanceof PrimaryAttempt, nanos);
    system.poll(attempt.descriptor(), Millis.roundedUp(limit));
  }

  @Override
  public long nextLook() {
    return ++looks <= LOOKS ? LOOK_NANOS : LATE_LOOK_NANOS;
  }

  private static long limit(boolean own, long nanos) {
    return own ? nanos : Math.min(nanos, CLOSE_CHECK_NANOS);
  }
}
