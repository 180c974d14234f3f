package io.heagent.engine.resolve;

import io.heagent.engine.time.Scheduler;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Runs blocking look-ups on a bounded number of threads, equal ones once. A blocked look-up cannot
 * be stopped: who gives it up is not told its answer, and once stuck it gives its place to another,
 * so that a few names that hang do not take the others with them. Thread-safe.
 */
final class LookupPool {
  private final FamilyLookup lookup;
  private final Executor threads;
  private final Scheduler scheduler;
  private final LookupLimits limits;
  private final Thread.UncaughtExceptionHandler troubles;
  private final Object lock = new Object();

  // Guarded by lock. Flights of one key are in the order in which they were asked for.
  private final Map<Flight.Key, List<Flight>> flights = new HashMap<>();
  private final List<Flight> running = new ArrayList<>();
  private final Deque<Flight> waiting = new ArrayDeque<>();
  private Scheduler.Timer timer;

  /**
   * @param threads runs each task on a thread of its own; what it throws refuses the look-up
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
    List<Flight> due;
    synchronized (lock) {
      flight = join(new Flight.Key(host, question));
      if (flight != null) {
        flight.waiters.add(waiter);
      }
      due = takeDue();
    }
    if (flight == null) {
      waiter.deliver(null, new ResolverOverflowException(host), troubles);
      return () -> {};
    }
    start(due);
    return () -> cancel(waiter, flight);
  }

  /** How many look-ups hold a thread. */
  int running() {
    synchronized (lock) {
      return running.size();
    }
  }

  /** Null if there is no room. */
  private Flight join(Flight.Key key) {
    List<Flight> equal = flights.getOrDefault(key, List.of());
    Flight youngest = equal.isEmpty() ? null : equal.get(equal.size() - 1);
    boolean fresh =
        youngest == null
            || (youngest.isStuck(scheduler.now(), limits.stuckNanos())
                && equal.size() < limits.perQuestion());
    boolean room = waiting.size() < limits.waiting() || hasFreeThread();
    if (!fresh || !room) {
      return youngest;
    }
    Flight flight = new Flight(key);
    flights.computeIfAbsent(key, k -> new ArrayList<>(1)).add(flight);
    waiting.add(flight);
    return flight;
  }

  private boolean hasFreeThread() {
    long now = scheduler.now();
    long active = running.stream().filter(f -> !f.isStuck(now, limits.stuckNanos())).count();
    return active < limits.threads() && running.size() < limits.maxThreads();
  }

  /** Takes the flights whose turn it is; the caller starts them without the lock. */
  private List<Flight> takeDue() {
    List<Flight> due = new ArrayList<>(1);
    while (!waiting.isEmpty() && hasFreeThread()) {
      Flight flight = waiting.remove();
      flight.running = true;
      flight.startedAt = scheduler.now();
      running.add(flight);
      due.add(flight);
    }
    rearm();
    return due;
  }

  /** While others wait, a look-up that becomes stuck makes room without any event. */
  private void rearm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (waiting.isEmpty() || running.size() >= limits.maxThreads()) {
      return;
    }
    long now = scheduler.now();
    running.stream()
        .filter(flight -> !flight.isStuck(now, limits.stuckNanos()))
        .mapToLong(flight -> flight.startedAt + limits.stuckNanos())
        .min()
        .ifPresent(this::arm);
  }

  /** Where no timer can be had, those who wait have their turn at the next event. */
  private void arm(long at) {
    try {
      timer = scheduler.schedule(at, this::proceed);
    } catch (RuntimeException | Error noTimer) {
      // To be thrown here would leave look-ups marked as running that nobody has started.
      timer = null;
    }
  }

  private void proceed() {
    List<Flight> due;
    synchronized (lock) {
      due = takeDue();
    }
    start(due);
  }

  private void start(List<Flight> due) {
    Deque<Flight> left = new ArrayDeque<>(due);
    for (Flight flight = left.poll(); flight != null; flight = left.poll()) {
      Flight next = flight;
      try {
        threads.execute(() -> run(next));
      } catch (Throwable noThread) {
        ResolverOverflowException refused = new ResolverOverflowException(next.key.host());
        refused.initCause(noThread);
        left.addAll(end(next, null, refused));
      }
    }
  }

  private void run(Flight flight) {
    List<InetAddress> addresses = null;
    Throwable cause = null;
    try {
      addresses = List.copyOf(lookup.find(flight.key.host(), flight.key.question()));
    } catch (Throwable thrown) {
      cause = thrown;
    }
    start(end(flight, addresses, cause));
  }

  /** Tells everybody; the caller starts those whose turn it is now. */
  private List<Flight> end(Flight flight, List<InetAddress> addresses, Throwable cause) {
    List<Flight.Waiter> waiters;
    List<Flight> due;
    synchronized (lock) {
      running.remove(flight);
      forget(flight);
      waiters = List.copyOf(flight.waiters);
      due = takeDue();
    }
    waiters.forEach(waiter -> waiter.deliver(addresses, cause, troubles));
    return due;
  }

  private void cancel(Flight.Waiter waiter, Flight flight) {
    if (!waiter.cancel()) {
      return;
    }
    synchronized (lock) {
      flight.waiters.remove(waiter);
      // A running one goes on: its answer fills the JDK's cache, and others may join it.
      if (flight.waiters.isEmpty() && !flight.running && waiting.remove(flight)) {
        forget(flight);
        rearm();
      }
    }
  }

  private void forget(Flight flight) {
    List<Flight> equal = flights.get(flight.key);
    if (equal != null && equal.remove(flight) && equal.isEmpty()) {
      flights.remove(flight.key);
    }
  }
}
