package io.heagent.agent.connect;

import io.heagent.agent.connect.call.ConnectCall;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls under way on each thread, from the begin to the end of the JDK's connect. Any thread
 * may use it, and sees its own calls only.
 */
final class CallStack {

  /**
   * The innermost call of the thread: a {@link ConnectCall}, or a {@link Frame} if it has begun
   * while another was under way; that is rare, and no other call pays for it. Null once the
   * outermost has ended: an entry without a value stays with the thread, so that its next connect
   * makes none.
   */
  private static final ThreadLocal<Object> TOP = new ThreadLocal<>();

  /**
   * A call that is nested in another.
   *
   * @param outer what {@link #TOP} held until it began
   */
  private record Frame(ConnectCall call, Object outer) {}

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
    return UNDER_WAY.get() == 0 ? null : call(TOP.get());
  }

  /**
   * The innermost call on this thread whose connect is still under way; null for none. A call stays
   * on the stack by mistake if the hook at its end has failed.
   */
  static ConnectCall current() {
    ConnectCall call = top();
    return call != null && isConnecting(call) ? call : null;
  }

  /** Adds a call that begins on this thread. */
  static void push(ConnectCall call) {
    Object frame = call;
    Object outer = UNDER_WAY.get() == 0 ? null : TOP.get();
    if (isAnyConnecting(outer)) {
      frame = new Frame(call, outer);
    }
    UNDER_WAY.incrementAndGet();
    try {
      TOP.set(frame);
    } catch (RuntimeException | Error noMemory) {
      // Nobody removes a call that is not there, and the agent could never leave.
      UNDER_WAY.decrementAndGet();
      throw noMemory;
    }
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
    if (isAnyConnecting(outer)) {
      TOP.set(outer);
      return false;
    }
    TOP.set(null);
    return true;
  }

  /**
   * Whether any of these calls is still under way. The innermost may have its outcome, and its end
   * is still to come, while those that it is nested in have none.
   */
  private static boolean isAnyConnecting(Object top) {
    Object frame = top;
    while (frame != null && !isConnecting(call(frame))) {
      frame = outer(frame);
    }
    return frame != null;
  }

  private static boolean isConnecting(ConnectCall call) {
    return call.request.socket().isConnecting();
  }

  /** What a call is nested in, as {@link #TOP} holds it; null for nothing. */
  private static Object outer(Object top, ConnectCall call) {
    Object frame = top;
    while (frame != null && call(frame) != call) {
      frame = outer(frame);
    }
    return outer(frame);
  }

  /** The call that {@link #TOP} holds by this; null for none. */
  private static ConnectCall call(Object frame) {
    // A frame's class is loaded for the first frame only.
    return frame == null || frame instanceof ConnectCall
        ? (ConnectCall) frame
        : ((Frame) frame).call;
  }

  private static Object outer(Object frame) {
    return frame == null || frame instanceof ConnectCall ? null : ((Frame) frame).outer;
  }
}
