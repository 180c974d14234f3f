package io.heagent.engine.resolve;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs blocking look-ups on a bounded number of threads, equal ones once. A blocked look-up cannot
 * be stopped: who gives it up is not told its answer, and once stuck it gives its place to another,
 * so that a few names that hang do not take the others with them. Those for which there is no
 * thread wait in a row, and leave it when nobody wants them any more. However many wait, each event
 * takes the same short time, and one timer serves all. Thread-safe.
 *
 * <p>Lock: {@code lock} guards all that is not final, flights included. Inside it only the
 * scheduler's own lock is taken; nobody is told anything and no thread is started.
 */
final class LookupPool {
  /** Where no thread could be started, none is tried again before this time is over. */
  static final long PAUSE_NANOS = 50_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  private final FamilyLookup lookup;
  private final Executor threads;
  private final Scheduler scheduler;
  private final LookupLimits limits;
  private final Thread.UncaughtExceptionHandler troubles;
  private final Object lock = new Object();

  /** Those of one key are in the order in which they were asked for. */
  private final Map<Flight.Key, List<Flight>> flights = new HashMap<>();

  private final FlightLine waiting = new FlightLine();

  /** Those that run and are not stuck, in the order in which they began. */
  private final FlightLine active = new FlightLine();

  private final FlightLine stuck = new FlightLine();

  private Scheduler.Timer timer;
  private long timerAt = NEVER;

  /** Why there was no thread lately, and until when none is tried; null for no such thing. */
  private Throwable noThread;

  private long pausedUntil;

  /**
   * @param threads runs each task on a thread of its own; {@link RejectedExecutionException}
   *     refuses the look-up, and whatever else it throws, no memory for a thread for instance, lets
   *     it wait
   * @param troubles told of what listeners throw
   */
  LookupPool(
      FamilyLookup lookup,
      Executor threads,
      Scheduler scheduler,
      LookupLimits limits,
      Thread.UncaughtExceptionHandler troubles) {
    this.lookup = lookup;
    this.threads = threads;
    this.scheduler = scheduler;
    this.limits = limits;
    this.troubles = troubles;
  }

  /** Asks, or joins those who ask the same already. */
  Resolver.Query ask(String host, Question question, Resolver.Listener listener) {
    Flight.Waiter waiter = new Flight.Waiter(question, listener);
    Flight flight;
    synchronized (lock) {
      flight = join(new Flight.Key(host, question));
      if (flight != null) {
        flight.waiters.add(waiter);
      }
    }
    if (flight == null) {
      waiter.deliver(null, new ResolverOverflowException(host), troubles);
      return () -> {};
    }
    start();
    return new Asked(waiter, flight);
  }

  /** How many look-ups hold a thread. */
  int running() {
    synchronized (lock) {
      return active.size() + stuck.size();
    }
  }

  /** How many wait for one. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** Null if there is no room. */
  private Flight join(Flight.Key key) {
    List<Flight> equal = flights.get(key);
    Flight youngest = equal == null || equal.isEmpty() ? null : equal.get(equal.size() - 1);
    boolean fresh =
        youngest == null
            || (isStuck(youngest, scheduler.now()) && equal.size() < limits.perQuestion());
    boolean room = waiting.size() < limits.waiting() || hasFreeThread();
    if (!fresh || !room) {
      return youngest;
    }
    Flight flight = new Flight(key);
    // In the row first: should there be no memory to note it, it runs unwanted and hinders nobody.
    waiting.addLast(flight);
    flights.computeIfAbsent(key, k -> new ArrayList<>(1)).add(flight);
    return flight;
  }

  private boolean isStuck(Flight flight, long now) {
    return flight.line == stuck
        || (flight.line == active && now - flight.startedAt >= limits.stuckNanos());
  }

  private boolean hasFreeThread() {
    long now = scheduler.now();
    Flight oldest;
    while ((oldest = active.first()) != null && isStuck(oldest, now)) {
      active.remove(oldest);
      stuck.addLast(oldest);
    }
    return active.size() < limits.threads() && active.size() + stuck.size() < limits.maxThreads();
  }

  private boolean isPaused() {
    if (noThread != null && scheduler.now() >= pausedUntil) {
      noThread = null;
    }
    return noThread != null;
  }

  /** Starts all whose turn it is. Without the lock. */
  private void start() {
    Flight next = takeNext(false);
    while (next != null) {
      start(next);
      next = takeNext(false);
    }
    if (isForsaken()) {
      refuseAll();
    }
  }

  private void start(Flight flight) {
    try {
      threads.execute(() -> run(flight));
    } catch (RejectedExecutionException refused) {
      end(flight, null, overflow(flight, refused));
    } catch (Throwable none) {
      putBack(flight, none);
    }
  }

  /**
   * Takes the one whose turn it is out of the row: from here on it runs.
   *
   * @param here whether there is a thread for it, whatever was found of threads before
   * @return null if it is nobody's turn
   */
  private Flight takeNext(boolean here) {
    synchronized (lock) {
      Flight next = waiting.first();
      if (next != null && hasFreeThread() && (here || !isPaused())) {
        next.startedAt = scheduler.now();
        waiting.remove(next);
        active.addLast(next);
        return next;
      }
      arm();
      return null;
    }
  }

  /** No thread could be started: as if it had not been tried. */
  private void putBack(Flight flight, Throwable none) {
    synchronized (lock) {
      active.remove(flight);
      stuck.remove(flight);
      waiting.addFirst(flight);
      noThread = none;
      pausedUntil = scheduler.now() + PAUSE_NANOS;
    }
  }

  /** Whether nothing will ever ask for those that wait: no thread is at work, no timer is armed. */
  private boolean isForsaken() {
    synchronized (lock) {
      return timer == null && active.size() + stuck.size() == 0 && waiting.size() > 0;
    }
  }

  private void refuseAll() {
    while (true) {
      Flight next;
      Throwable cause;
      synchronized (lock) {
        next = waiting.first();
        cause = noThread;
      }
      if (next == null) {
        return;
      }
      end(next, null, overflow(next, cause));
    }
  }

  private static ResolverOverflowException overflow(Flight flight, Throwable cause) {
    ResolverOverflowException refused = new ResolverOverflowException(flight.key.host());
    refused.initCause(cause);
    return refused;
  }

  /**
   * While some wait, room is made without any event by a look-up that becomes stuck, and by the end
   * of a pause. The timer is left alone where it comes early enough: it looks again then.
   */
  private void arm() {
    long at = nextRoomAt();
    if (timer != null && timerAt > at) {
      timer.cancel();
      timer = null;
    }
    if (at == NEVER && timer != null) {
      timer.cancel();
      timer = null;
    } else if (at != NEVER && timer == null) {
      try {
        timer = scheduler.schedule(at, this::proceed);
        timerAt = at;
      } catch (Throwable noTimer) {
        // The end of any other look-up, and whoever asks next, come to the same.
        timer = null;
      }
    }
  }

  private long nextRoomAt() {
    if (waiting.size() == 0) {
      return NEVER;
    } else if (isPaused()) {
      return pausedUntil;
    } else if (active.size() == 0 || active.size() + stuck.size() >= limits.maxThreads()) {
      return NEVER;
    }
    return active.first().startedAt + limits.stuckNanos();
  }

  private void proceed() {
    synchronized (lock) {
      timer = null;
    }
    start();
  }

  /** On a thread of the pool: this one, and what waits for a thread where there is no other. */
  private void run(Flight flight) {
    Flight next = flight;
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
      next = isShortOfThreads() ? takeNext(true) : null;
    }
  }

  private boolean isShortOfThreads() {
    synchronized (lock) {
      return isPaused();
    }
  }

  private void end(Flight flight, List<InetAddress> addresses, Throwable cause) {
    Set<Flight.Waiter> told;
    synchronized (lock) {
      waiting.remove(flight);
      active.remove(flight);
      stuck.remove(flight);
      forget(flight);
      told = flight.waiters;
      flight.waiters = null;
    }
    if (told != null) {
      told.forEach(waiter -> waiter.deliver(addresses, cause, troubles));
    }
  }

  private void cancel(Flight.Waiter waiter, Flight flight) {
    if (!waiter.cancel()) {
      return;
    }
    synchronized (lock) {
      if (flight.waiters == null) {
        return;
      }
      flight.waiters.remove(waiter);
      // A running one goes on: its answer fills the JDK's cache, and others may join it.
      if (flight.waiters.isEmpty() && flight.line == waiting) {
        waiting.remove(flight);
        forget(flight);
        arm();
      }
    }
  }

  private void forget(Flight flight) {
    List<Flight> equal = flights.get(flight.key);
    if (equal != null && equal.remove(flight) && equal.isEmpty()) {
      flights.remove(flight.key);
    }
  }

  /** One who has asked. */
  private final class Asked implements Resolver.Query {
    private final Flight.Waiter waiter;
    private final Flight flight;

    Asked(Flight.Waiter waiter, Flight flight) {
      this.waiter = waiter;
      this.flight = flight;
    }

    @Override
    public void cancel() {
      LookupPool.this.cancel(waiter, flight);
    }

    @Override
    public boolean isQueued() {
      synchronized (lock) {
        return flight.line == waiting;
      }
    }
  }
}
