package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The blocking connects in flight that ask for the same address of a name and port. The first ones,
 * the leaders, dial it. Beyond that number, those that begin before any of them has had an answer
 * are followers: they wait for what becomes of the leaders, so that a thousand threads at once do
 * not send a thousand SYNs to a dead address.
 *
 * <p>Threads: {@code pending} is guarded by the monitor of the {@link EndpointState} that it
 * belongs to; all else is safe for any thread. Followers park in {@link #await}, the one place of
 * this room that holds a thread.
 */
public final class DialGroup {

  /** So many dial without looking at each other: more than most pools begin with. */
  static final int LEADERS = 32;

  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  final InetAddress requested;

  private int pending;

  /** Set for good by whoever gets the first answer. */
  private volatile boolean answered;

  /** Who waits, and whether there is still reason to. Thousands may come and go. */
  private final Map<Thread, BooleanSupplier> waiting = new ConcurrentHashMap<>();

  private final Scheduler time;

  private final AtomicBoolean looking = new AtomicBoolean();

  DialGroup(InetAddress requested, Scheduler time) {
    this.requested = requested;
    this.time = time;
  }

  /**
   * One more connect. Under the monitor of the state.
   *
   * @return whether it is a follower
   */
  boolean join() {
    return ++pending > LEADERS && !answered;
  }

  /** One less; true if it was the last. Under the monitor of the state. */
  boolean leave() {
    return --pending == 0;
  }

  /** The address has accepted or refused: it may be dialled. */
  public void answered() {
    // A follower that waits still, because this has thrown before, is woken by the next call.
    if (!answered || !waiting.isEmpty()) {
      answered = true;
      for (Thread thread : waiting.keySet()) {
        LockSupport.unpark(thread);
      }
    }
  }

  public boolean isAnswered() {
    return answered;
  }

  /**
   * Waits for an answer; may return for no reason.
   *
   * @param isOpen false once the program has closed its socket, which ends the wait too
   * @param park parks the calling thread for as long as it wants to wait at most
   */
  public void await(BooleanSupplier isOpen, Runnable park) {
    Thread thread = Thread.currentThread();
    waiting.put(thread, isOpen);
    try {
      lookForClosed();
      if (!answered) {
        park.run();
      }
    } finally {
      waiting.remove(thread);
    }
  }

  /** Nobody is told when the program closes its socket, so one timer looks for all followers. */
  private void lookForClosed() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      time.schedule(time.now() + CLOSE_CHECK_NANOS, this::wakeClosed);
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
