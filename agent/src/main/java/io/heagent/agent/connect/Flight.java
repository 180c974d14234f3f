package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The blocking connects in flight that were asked for the same address of a name and port. The
 * first ones dial it; from a number on, those that come while nobody has had an answer yet only
 * watch what becomes of these: a thousand threads at once send a dead address no thousand SYNs.
 *
 * <p>Threads: {@code pending} is guarded by {@link Neighbours}; all else is safe for any thread.
 */
final class Flight {

  /** So many dial without looking at each other: more than most pools begin with. */
  static final int LEADERS = 32;

  final InetAddress requested;

  private int pending;

  /** Set for good by whoever gets the first answer. */
  private volatile boolean answered;

  /** Thousands may come and go: no look at all of them but the one that wakes them. */
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  Flight(InetAddress requested) {
    this.requested = requested;
  }

  /**
   * One more connect; guarded by {@link Neighbours}.
   *
   * @return whether it is to watch the others
   */
  boolean join() {
    return ++pending > LEADERS && !answered;
  }

  /** One less; true if it was the last. Guarded by {@link Neighbours}. */
  boolean leave() {
    return --pending == 0;
  }

  /** The address has accepted or refused: it may be dialled. */
  void answered() {
    if (!answered) {
      answered = true;
      waiting.forEach(LockSupport::unpark);
    }
  }

  boolean isAnswered() {
    return answered;
  }

  /** Waits for an answer; may return early for no reason. */
  void await(long nanos) {
    Thread thread = Thread.currentThread();
    waiting.add(thread);
    try {
      if (!answered) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      waiting.remove(thread);
    }
  }
}
