package io.heagent.agent.connect;

import io.heagent.agent.connect.call.ConnectCall;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls under way on each thread, from begin to end of the JDK's connect. Any thread. */
final class CallStack {

  /** The innermost call of the thread. */
  private static final ThreadLocal<ConnectCall> TOP = new ThreadLocal<>();

  /**
   * How many are on the stacks of all threads: while there are none, no thread is given the entry
   * that asking a {@link ThreadLocal} makes, 32 bytes or, on a new virtual thread, several hundred.
   * One too many, where the hook of an end has failed, costs only that.
   */
  private static final AtomicInteger UNDER_WAY = new AtomicInteger();

  private CallStack() {}

  /** The innermost one on this thread; null for none. */
  static ConnectCall top() {
    return UNDER_WAY.get() == 0 ? null : TOP.get();
  }

  /**
   * The innermost call, without calls that were left behind because the hook at their end had
   * failed.
   */
  static ConnectCall current() {
    ConnectCall call = top();
    return call != null && call.request.socket().isConnecting() ? call : null;
  }

  static void push(ConnectCall call) {
    call.nestIn(current());
    UNDER_WAY.incrementAndGet();
    TOP.set(call);
  }

  /** Removes a call, and calls that were left behind inside it. */
  static void pop(ConnectCall call) {
    if (call.outer() == null) {
      TOP.remove();
    } else {
      TOP.set(call.outer());
    }
    UNDER_WAY.decrementAndGet();
  }
}
