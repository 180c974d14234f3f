package io.heagent.engine.resolve;

import io.heagent.engine.time.EarliestTimer;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs blocking look-ups on a bounded number of threads; equal look-ups at the same time run once.
 * A look-up that blocks cannot be stopped. A caller that gives it up is not told its answer, and a
 * look-up that is stuck no longer counts towards the limit, so that a few names that hang do not
 * hold up the others. Look-ups for which there is no thread wait in a row; a look-up that no caller
 * wants any more leaves it. Thread-safe.
 *
 * <p>Lock: {@code lock} guards the {@link LookupQueue} and the timer. Inside it only the
 * scheduler's own lock is taken; no listener is called and no thread is started.
 */
final class LookupPool {

  private final FamilyLookup lookup;
  private final Executor threads;
  private final Thread.UncaughtExceptionHandler troubles;
  private final Object lock = new Object();
  private final LookupQueue queue;

  /**
   * While look-ups wait, a thread can become free for them without any event: when a running
   * look-up becomes stuck, and when a pause after a failed thread start ends. This timer looks for
   * that. If it cannot be armed, the end of another look-up, or the next caller, looks instead.
   */
  private final EarliestTimer timer;

  /**
   * The parameters are those of {@link SystemResolver}; {@code troubles} takes what listeners
   * throw.
   */
  LookupPool(
      FamilyLookup lookup,
      Executor threads,
      Scheduler scheduler,
      LookupLimits limits,
      Thread.UncaughtExceptionHandler troubles) {
    this.lookup = lookup;
    this.threads = threads;
    this.troubles = troubles;
    this.queue = new LookupQueue(scheduler, limits);
    this.timer = new EarliestTimer(scheduler, this::proceed);
  }

  /** Begins a look-up, or joins an equal one that runs or waits. */
  Resolver.Query ask(String host, Question question, Resolver.Listener listener) {
    CoalescedQuery.Waiter waiter = new CoalescedQuery.Waiter(question, listener);
    CoalescedQuery query;
    synchronized (lock) {
      query = queue.join(new CoalescedQuery.Key(host, question));
      if (query != null) {
        query.waiters.add(waiter);
      }
    }
    if (query == null) {
      waiter.deliver(null, new ResolverOverflowException(host, null), troubles);
      return () -> {};
    }
    start();
    return new Asked(this, waiter, query);
  }

  /** How many look-ups are on a thread. */
  int running() {
    synchronized (lock) {
      return queue.running();
    }
  }

  /** How many look-ups wait for a thread. */
  int waiting() {
    synchronized (lock) {
      return queue.waiting();
    }
  }

  /** Starts all look-ups whose turn it is. The caller does not hold the lock. */
  private void start() {
    for (CoalescedQuery next; (next = takeNext(false)) != null; ) {
      start(next);
    }
    if (isForsaken()) {
      refuseAll();
    }
  }

  private void start(CoalescedQuery query) {
    try {
      threads.execute(() -> run(query));
    } catch (RejectedExecutionException refused) {
      end(query, null, new ResolverOverflowException(query.key.host(), refused));
    } catch (Throwable none) {
      synchronized (lock) {
        queue.putBack(query, none);
      }
    }
  }

  /** As {@link LookupQueue#takeNext}; arms the timer if no look-up's turn has come. */
  private CoalescedQuery takeNext(boolean here) {
    synchronized (lock) {
      CoalescedQuery next = queue.takeNext(here);
      if (next == null) {
        timer.arm(queue.nextRoomAt());
      }
      return next;
    }
  }

  /**
   * Whether look-ups wait that nothing would ever start, because no look-up runs and no timer is
   * armed.
   */
  private boolean isForsaken() {
    synchronized (lock) {
      return !timer.isArmed() && queue.running() == 0 && queue.waiting() > 0;
    }
  }

  private void refuseAll() {
    CoalescedQuery next;
    do {
      Throwable cause;
      synchronized (lock) {
        next = queue.longestWaiting();
        cause = queue.noThread();
      }
      if (next != null) {
        end(next, null, new ResolverOverflowException(next.key.host(), cause));
      }
    } while (next != null);
  }

  private void proceed() {
    synchronized (lock) {
      timer.fired();
    }
    start();
  }

  /** Runs a look-up on a thread of the pool, and further ones if no other thread can be started. */
  private void run(CoalescedQuery query) {
    CoalescedQuery next = query;
    while (next != null) {
      List<InetAddress> addresses = null;
      Throwable cause = null;
      try {
        addresses = List.copyOf(lookup.find(next.key.host(), next.key.question()));
      } catch (Throwable thrown) {
        cause = thrown;
      }
      end(next, addresses, cause);
      start();
      next = takeOver();
    }
  }

  /**
   * If no other thread can be started, the look-up with which this thread goes on; otherwise null.
   */
  private CoalescedQuery takeOver() {
    synchronized (lock) {
      return queue.isPaused() ? takeNext(true) : null;
    }
  }

  private void end(CoalescedQuery query, List<InetAddress> addresses, Throwable cause) {
    Set<CoalescedQuery.Waiter> told;
    synchronized (lock) {
      told = queue.end(query);
    }
    if (told != null) {
      told.forEach(waiter -> waiter.deliver(addresses, cause, troubles));
    }
  }

  /** What a caller gets to give its look-up up. */
  private record Asked(LookupPool pool, CoalescedQuery.Waiter waiter, CoalescedQuery query)
      implements Resolver.Query {

    @Override
    public void cancel() {
      if (waiter.cancel()) {
        synchronized (pool.lock) {
          if (pool.queue.leave(waiter, query)) {
            pool.timer.arm(pool.queue.nextRoomAt());
          }
        }
      }
    }

    @Override
    public boolean isQueued() {
      synchronized (pool.lock) {
        return pool.queue.isWaiting(query);
      }
    }
  }
}
