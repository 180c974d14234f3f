package io.heagent.agent.connect;

import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.engine.time.Millis;
import java.io.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Polls all pending descriptors at once, the program's own among them, so that a close is seen. */
final class PollWaiter implements Waiter {

  /**
   * While the own descriptor is over, a close is only noticed by its signal, which may be missed.
   */
  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  private final SystemCalls system;

  PollWaiter(SystemCalls system) {
    this.system = system;
  }

  @Override
  public void await(List<Attempt> pending, long nanos) throws IOException {
    if (pending.size() == 1 && pending.get(0).isPollable()) {
      // As after most refusals: without the classes that the first use of the other way loads.
      awaitOne(pending.get(0), nanos);
      return;
    }
    List<FileDescriptor> fds = new ArrayList<>(pending.size());
    boolean own = false;
    for (Attempt attempt : pending) {
      if (attempt.isPollable()) {
        own |= attempt instanceof OwnAttempt;
        fds.add(attempt.descriptor());
      }
    }
    system.poll(fds, Millis.roundedUp(limit(own, nanos)));
  }

  private void awaitOne(Attempt attempt, long nanos) throws IOException {
    long limit = limit(attempt instanceof OwnAttempt, nanos);
    system.poll(attempt.descriptor(), Millis.roundedUp(limit));
  }

  private static long limit(boolean own, long nanos) {
    return own ? nanos : Math.min(nanos, CLOSE_CHECK_NANOS);
  }
}
