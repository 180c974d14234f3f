package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.PrimaryAttempt;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.socket.SystemCalls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Parks a virtual thread as the JDK does, on the program's own descriptor: close wakes it, and so
 * do the watchers of {@link VirtualThreadAttempt}.
 */
final class VirtualThreadWaiter implements BlockingFallback.Waiter {

  /**
   * When the primary attempt has ended, a close does not wake this thread, so it looks this often.
   */
  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  private final SystemCalls system;
  private final ConnectCall call;
  private final Unparker wake;

  VirtualThreadWaiter(SystemCalls system, ConnectCall call, Unparker wake) {
    this.system = system;
    this.call = call;
    this.wake = wake;
  }

  @Override
  public void await(List<DescriptorAttempt> pending, long nanos) throws IOException {
    if (!wake.isDue()) {
      park(pending, nanos);
    }
    wake.clear();
    if (Thread.currentThread().isInterrupted()
        && call.request.socket().kind() == SocketKind.SOCKET) {
      // What NioSocketImpl's own park throws; its connect turns it into "Closed by interrupt".
      throw new InterruptedIOException();
    }
  }

  private void park(List<DescriptorAttempt> pending, long nanos) throws IOException {
    DescriptorAttempt own = pending.isEmpty() ? null : pending.get(0);
    if (own instanceof PrimaryAttempt && own.isPollable()) {
      system.parkVirtual(
          own.descriptor(), nanos, () -> call.request.socket().isOpen() && !wake.isDue());
    } else {
      system.park(this, Math.min(nanos, CLOSE_CHECK_NANOS));
    }
  }
}
