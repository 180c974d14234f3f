package io.heagent.agent.connect;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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

  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  final InetAddress requested;

  private int pending;

  /** Set for good by whoever gets the first answer. */
  private volatile boolean answered;

  /** Who waits, and whether there is still reason to. Thousands may come and go. */
  private final Map<Thread, BooleanSupplier> waiting = new ConcurrentHashMap<>();

  /** Runs a task after some time. */
  private final Consumer<Runnable> later;

  private final AtomicBoolean looking = new AtomicBoolean();

  Flight(InetAddress requested) {
    this(requested, new Later(CLOSE_CHECK_NANOS));
  }

  Flight(InetAddress requested, Consumer<Runnable> later) {
    this.requested = requested;
    this.later = later;
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
    // Who waits still, because this has thrown before, is woken by the next one that calls it.
    if (!answered || !waiting.isEmpty()) {
      answered = true;
      for (Thread thread : waiting.keySet()) {
        LockSupport.unpark(thread);
      }
    }
  }

  boolean isAnswered() {
    return answered;
  }

  /**
   * Waits for an answer; may return for no reason.
   *
   * @param isOpen false once the program has closed its socket, which ends the wait too
   */
  void await(BooleanSupplier isOpen, long nanos) {
    Thread thread = Thread.currentThread();
    waiting.put(thread, isOpen);
    try {
      lookForClosed();
      if (!answered) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      waiting.remove(thread);
    }
  }

  /** Nobody is told when the program closes its socket: one looks for all, and not each for it. */
  private void lookForClosed() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      later.accept(this::wakeClosed);
    } catch (RuntimeException | Error noLoop) {
      // No descriptor, thread or memory left for it: a close is noticed when the delay is over.
      looking.set(false);
    }
  }

  private void wakeClosed() {
    looking.set(false);
    waiting.forEach(
        (thread, isOpen) -> {
          if (!isOpen.getAsBoolean()) {
            LockSupport.unpark(thread);
          }
        });
    if (!waiting.isEmpty()) {
      lookForClosed();
    }
  }
}
