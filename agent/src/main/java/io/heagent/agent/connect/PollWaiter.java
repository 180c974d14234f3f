package io.heagent.agent.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import sun.nio.ch.HeJdk;

/**
 * poll(2) over all pending descriptors at once, the program's own among them. It sees descriptors
 * by number and anew each time, so a close from another thread, which pre-closes the number and
 * signals this thread, ends the wait; and it needs no selector and no thread.
 */
final class PollWaiter implements Waiter {

  /**
   * While the own descriptor is over, a close is only noticed by its signal, which may be missed.
   */
  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  /** struct pollfd: int fd, short events, short revents. */
  private static final int SIZE = 8;

  @Override
  public void await(List<Attempt> pending, long nanos) throws IOException {
    if (pending.size() == 1 && pending.get(0).isPollable()) {
      // As after most refusals: without the classes that the first use of the other way loads.
      awaitOne(pending.get(0), nanos);
      return;
    }
    ByteBuffer fds = HeJdk.borrowBuffer(SIZE * Math.max(1, pending.size()));
    try {
      fds.order(ByteOrder.nativeOrder());
      int count = 0;
      boolean own = false;
      for (Attempt attempt : pending) {
        if (attempt.isPollable()) {
          own |= attempt instanceof OwnAttempt;
          fds.putInt(SIZE * count, HeJdk.number(attempt.descriptor()));
          fds.putShort(SIZE * count + 4, HeJdk.pollOutEvent());
          fds.putShort(SIZE * count + 6, (short) 0);
          count++;
        }
      }
      HeJdk.poll(fds, count, Millis.roundedUp(limit(own, nanos)));
    } finally {
      HeJdk.returnBuffer(fds);
    }
  }

  private static void awaitOne(Attempt attempt, long nanos) throws IOException {
    long limit = limit(attempt instanceof OwnAttempt, nanos);
    HeJdk.pollOut(attempt.descriptor(), Millis.roundedUp(limit));
  }

  private static long limit(boolean own, long nanos) {
    return own ? nanos : Math.min(nanos, CLOSE_CHECK_NANOS);
  }
}
