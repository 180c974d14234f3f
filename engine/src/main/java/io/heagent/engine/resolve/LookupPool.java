package io.heagent.engine.resolve;

import io.heagent.engine.time.EarliestTimer;
import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs blocking look-ups on a bounded number of threads, equal ones once. A blocked look-up cannot
 * be stopped: who gives it up is not told its answer, and once stuck it gives its place to another,
 * so that a few names that hang do not take the others with them. Those for which there is no
 * thread wait in a row, and leave it when nobody wants them any more. Thread-safe.
 *
 * <p>Lock: {@code lock} guards the {@link LookupQueue} and the timer. Inside it only the
 * scheduler's own lock is taken; nobody is told anything and no thread is started.
 */
final class LookupPool {

  private final FamilyLookup lookup;
  private final Executor threads;
  private final Thread.UncaughtExceptionHandler troubles;
  private final Object lock = new Object();
  private final LookupQueue queue;

  /**
   * While some wait, room is made without any event by a look-up that becomes stuck, and by the end
   * of a pause. Where it cannot be armed, the end of any other look-up comes to the same, or
   * whoever asks next.
   */
  private final EarliestTimer timer;

  /** As {@link SystemResolver} is made; {@code troubles} is told of what listeners throw. */
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

  /** Asks, or joins those who ask the same already. */
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

  /** How many look-ups hold a thread. */
  int running() {
    synchronized (lock) {
      return queue.running();
    }
  }

  /** How many wait for one. */
  int waiting() {
    synchronized (lock) {
      return queue.waiting();
    }
  }

  /** Starts all whose turn it is. Without the lock. */
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

  /** As {@link LookupQueue#takeNext}; where it is nobody's turn the timer is armed. */
  private CoalescedQuery takeNext(boolean here) {
    synchronized (lock) {
      CoalescedQuery next = queue.takeNext(here);
      if (next == null) {
        timer.arm(queue.nextRoomAt());
      }
      return next;
    }
  }

  /** Whether nothing will ever ask for those that wait: no thread is at work, no timer is armed. */
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

  /** On a thread of the pool: this one, and what waits for a thread where there is no other. */
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

  /** Where no thread is to be had, this one goes on with what waits. */
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

  /** One who has asked. */
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
