package io.heagent.engine.coordination;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
   * The parked threads; the value tells whether the program still has the socket open. Each thread
   * adds and removes itself. Made by the first follower, because most groups have none; written
   * under this object's monitor, inside which no other lock is taken. The map is a class of the
   * JDK, because to load a class of the agent here would pin a virtual thread.
   */
  private volatile Map<Thread, BooleanSupplier> waiting;

  /**
   * Whether a timer is set that looks for closed sockets. Written under this object's monitor; read
   * without it first, because thousands of followers at once find that a timer is set.
   */
  private volatile boolean looking;

  private final Scheduler time;

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
    if (!answered) {
      answered = true;
    }
    // Read after the write above: a follower that is not seen here sees that there is an answer. If
    // an earlier call has thrown, followers may still be parked: they are woken by this one.
    Map<Thread, BooleanSupplier> made = waiting;
    if (made != null) {
      // The code does not look first whether the map is empty: a concurrent map counts its entries
      // without a snapshot, so it may count none while one follower waits and another one leaves.
      for (Thread thread : made.keySet()) {
        LockSupport.unpark(thread);
      }
    }
  }

  private Map<Thread, BooleanSupplier> waiting() {
    Map<Thread, BooleanSupplier> made = waiting;
    return made == null ? makeWaiting() : made;
  }

  private synchronized Map<Thread, BooleanSupplier> makeWaiting() {
    if (waiting == null) {
      waiting = new ConcurrentHashMap<>();
    }
    return waiting;
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
    Map<Thread, BooleanSupplier> all = waiting();
    all.put(thread, isOpen);
    try {
      lookForClosed(all);
      if (!answered) {
        park.run();
      }
    } finally {
      all.remove(thread);
    }
  }

  /**
   * A program that closes its socket does not wake the parked thread, so one timer checks the
   * sockets of all followers every 50 ms.
   */
  private void lookForClosed(Map<Thread, BooleanSupplier> all) {
    if (looking || !beginLooking()) {
      return;
    }
    try {
      time.schedule(time.now() + CLOSE_CHECK_NANOS, () -> wakeClosed(all));
    } catch (RuntimeException | Error noLoop) {
      // No descriptor, thread or memory is left for a timer: a close is noticed when the delay is
      // over.
      endLooking();
    }
  }

  /** Whether no timer was set; now the caller sets one. */
  private synchronized boolean beginLooking() {
    boolean first = !looking;
    looking = true;
    return first;
  }

  private synchronized void endLooking() {
    looking = false;
  }

  private void wakeClosed(Map<Thread, BooleanSupplier> all) {
    endLooking();
    all.forEach(
        (thread, isOpen) -> {
          if (!isOpen.getAsBoolean()) {
            LockSupport.unpark(thread);
          }
        });
    if (all.keySet().iterator().hasNext()) {
      lookForClosed(all);
    }
  }
}
