package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The blocking connects in flight that ask for the same address of the same name and port. The
 * first {@link #LEADERS} of them are leaders and dial the address. Connects beyond that number that
 * begin before the address has answered are followers: they wait for the result of the leaders, so
 * that a thousand threads do not send a thousand SYNs to a dead address at once.
 *
 * <p>Threads: the monitor of the {@link EndpointState} that the group belongs to guards {@code
 * pending}; everything else is safe for any thread. Followers park in {@link #await}, the only
 * method of this package that blocks.
 */
public final class DialGroup {

  /** How many connects dial at the same time: more than most connection pools begin with. */
  static final int LEADERS = 32;

  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  final InetAddress requested;

  private int pending;

  /** Set once, and never reset, by the thread whose connect gets the first answer. */
  private volatile boolean answered;

  /**
   * The parked followers; the value tells whether the program still has the socket open. Each
   * thread adds and removes itself.
   */
  private final Map<Thread, BooleanSupplier> waiting = new ConcurrentHashMap<>();

  private final Scheduler time;

  private final AtomicBoolean looking = new AtomicBoolean();

  DialGroup(InetAddress requested, Scheduler time) {
    this.requested = requested;
    this.time = time;
  }

  /**
   * One more connect joins. The caller holds the monitor of the state.
   *
   * @return whether it is a follower
   */
  boolean join() {
    return ++pending > LEADERS && !answered;
  }

  /**
   * A connect leaves; returns whether it was the last. The caller holds the monitor of the state.
   */
  boolean leave() {
    return --pending == 0;
  }

  /** The address has accepted or refused a connect: followers stop waiting and dial. */
  public void answered() {
    // If an earlier call has thrown, followers may still be parked: they are woken by this one.
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
   * Waits until the address has answered; may return early for no reason.
   *
   * @param isOpen whether the program still has its socket open; a close ends the wait too
   * @param park parks the calling thread, for at most as long as it is prepared to wait
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

  /**
   * A program that closes its socket does not wake the parked thread, so one timer checks the
   * sockets of all followers every 50 ms.
   */
  private void lookForClosed() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      time.schedule(time.now() + CLOSE_CHECK_NANOS, this::wakeClosed);
    } catch (RuntimeException | Error noLoop) {
      // No descriptor, thread or memory is left for a timer: a close is noticed when the delay is
      // over.
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
