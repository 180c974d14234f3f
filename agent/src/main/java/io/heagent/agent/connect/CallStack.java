package io.heagent.agent.connect;

import io.heagent.agent.connect.call.ConnectCall;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls under way on each thread, from the begin to the end of the JDK's connect. Any thread
 * may use it, and sees its own calls only.
 */
final class CallStack {

  /** The innermost call of the thread. */
  private static final ThreadLocal<ConnectCall> TOP = new ThreadLocal<>();

  /**
   * How many calls are on the stacks of all threads. While there are none, {@link #TOP} is not
   * asked, because asking it makes an entry for the thread: 32 bytes or, on a new virtual thread,
   * several hundred. If the hook at a connect's end has failed, this number stays too high, and the
   * only harm is that TOP is asked.
   */
  private static final AtomicInteger UNDER_WAY = new AtomicInteger();

  private CallStack() {}

  /** How many are on the stacks of all threads. */
  static int underWay() {
    return UNDER_WAY.get();
  }

  /** The innermost call on this thread; null for none. */
  static ConnectCall top() {
    return UNDER_WAY.get() == 0 ? null : TOP.get();
  }

  /**
   * The innermost call on this thread whose connect is still under way; null for none. A call stays
   * on the stack by mistake if the hook at its end has failed.
   */
  static ConnectCall current() {
    ConnectCall call = top();
    return call != null && call.request.socket().isConnecting() ? call : null;
  }

  /** Adds a call that begins on this thread. */
  static void push(ConnectCall call) {
    call.nestIn(current());
    UNDER_WAY.incrementAndGet();
    TOP.set(call);
  }

  /** Removes a call that ends, and with it calls that stayed on the stack by mistake. */
  static void pop(ConnectCall call) {
    // First, because whoever has the agent leave waits for it.
    UNDER_WAY.decrementAndGet();
    if (call.outer() == null) {
      TOP.remove();
    } else {
      TOP.set(call.outer());
    }
  }
}
