package io.heagent.agent.connect;

import io.heagent.agent.connect.call.ConnectCall;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls under way on each thread, from the begin to the end of the JDK's connect. Any thread
 * may use it, and sees its own calls only.
 */
final class CallStack {

  /**
   * The innermost call of the thread: a {@link ConnectCall}. If it has begun while another was
   * under way, it is an entry of that call and what was here until then; that is rare, and no other
   * call pays for it.
   */
  private static final ThreadLocal<Object> TOP = new ThreadLocal<>();

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
    Object top = UNDER_WAY.get() == 0 ? null : TOP.get();
    return top instanceof Map.Entry<?, ?> nested
        ? (ConnectCall) nested.getKey()
        : (ConnectCall) top;
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
    Object frame = call;
    if (current() != null) {
      frame = Map.entry(call, TOP.get());
    }
    UNDER_WAY.incrementAndGet();
    TOP.set(frame);
  }

  /**
   * Removes a call that ends, and with it calls that stayed on the stack by mistake.
   *
   * @return whether no call is under way on this thread any more
   */
  static boolean pop(ConnectCall call) {
    // First, because whoever has the agent leave waits for it.
    UNDER_WAY.decrementAndGet();
    Object outer = outer(TOP.get(), call);
    if (outer == null) {
      TOP.remove();
    } else {
      TOP.set(outer);
    }
    return outer == null;
  }

  /** What a call is nested in, as {@link #TOP} holds it; null for nothing. */
  private static Object outer(Object top, ConnectCall call) {
    Object frame = top;
    while (frame instanceof Map.Entry<?, ?> nested) {
      frame = nested.getValue();
      if (nested.getKey() == call) {
        return frame;
      }
    }
    return null;
  }
}
