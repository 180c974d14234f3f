package io.heagent.engine.resolve;

import io.heagent.engine.time.EarliestTimer;
import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which look-ups of a {@link LookupPool} run, which are stuck and which wait for a thread,
 * and whose turn is next. The cost of an event does not depend on how many wait. This class starts
 * no thread and calls no listener. The pool's lock guards it and the queries in it.
 */
final class LookupQueue {

  /** After a thread could not be started, none is tried again within this time. */
  static final long PAUSE_NANOS = 50_000_000L;

  static final long NEVER = EarliestTimer.NEVER;

  private final Scheduler scheduler;
  private final LookupLimits limits;

  /**
   * All look-ups that have not ended; those of one key are in the order in which they were asked
   * for.
   */
  private final Map<CoalescedQuery.Key, List<CoalescedQuery>> queries = new HashMap<>();

  private final QueryRow waiting = new QueryRow();

  /** The look-ups that run and are not stuck, in the order in which they began. */
  private final QueryRow active = new QueryRow();

  private final QueryRow stuck = new QueryRow();

  /**
   * Why a thread could not be started; null if that did not happen since {@code pausedUntil} was
   * reached. No thread is tried before that time.
   */
  private Throwable noThread;

  private long pausedUntil;

  LookupQueue(Scheduler scheduler, LookupLimits limits) {
    this.scheduler = scheduler;
    this.limits = limits;
  }

  /** How many look-ups are on a thread. */
  int running() {
    return active.size() + stuck.size();
  }

  /** How many look-ups wait for a thread. */
  int waiting() {
    return waiting.size();
  }

  boolean isWaiting(CoalescedQuery query) {
    return query.row == waiting;
  }

  /** The look-up that has waited for the longest time; null if none waits. */
  CoalescedQuery longestWaiting() {
    return waiting.first();
  }

  /** Why a thread could not be started lately; null if the pause after that is over. */
  Throwable noThread() {
    return noThread;
  }

  /**
   * The look-up that a caller should wait for: an equal one that is there, or a new one. Null if
   * the row is full.
   */
  CoalescedQuery join(CoalescedQuery.Key key) {
    List<CoalescedQuery> equal = queries.get(key);
    CoalescedQuery youngest = equal == null || equal.isEmpty() ? null : equal.get(equal.size() - 1);
    boolean fresh =
        youngest == null
            || (isStuck(youngest, scheduler.now()) && equal.size() < limits.perQuestion());
    boolean room = waiting.size() < limits.waiting() || hasFreeThread();
    if (!fresh || !room) {
      return youngest;
    }
    CoalescedQuery query = new CoalescedQuery(key);
    // Added to the row first: if there is no memory for the map, the look-up runs without a waiter
    // and does no harm.
    waiting.addLast(query);
    queries.computeIfAbsent(key, k -> new ArrayList<>(1)).add(query);
    return query;
  }

  private boolean isStuck(CoalescedQuery query, long now) {
    return query.row == stuck
        || (query.row == active && now - query.startedAt >= limits.stuckNanos());
  }

  private boolean hasFreeThread() {
    long now = scheduler.now();
    CoalescedQuery oldest;
    while ((oldest = active.first()) != null && isStuck(oldest, now)) {
      active.remove(oldest);
      stuck.addLast(oldest);
    }
    return active.size() < limits.threads() && running() < limits.maxThreads();
  }

  /** Whether a thread could not be started within the last {@link #PAUSE_NANOS}. */
  boolean isPaused() {
    if (noThread != null && scheduler.now() >= pausedUntil) {
      noThread = null;
    }
    return noThread != null;
  }

  /**
   * Takes the look-up whose turn it is out of the row; from now on it counts as running.
   *
   * @param here whether the caller's own thread will run it, so that no thread need be started
   * @return null if none waits, or none may run now
   */
  CoalescedQuery takeNext(boolean here) {
    CoalescedQuery next = waiting.first();
    if (next == null || !hasFreeThread() || (!here && isPaused())) {
      return null;
    }
    next.startedAt = scheduler.now();
    waiting.remove(next);
    active.addLast(next);
    return next;
  }

  /** No thread could be started for this look-up: it becomes the first of the row again. */
  void putBack(CoalescedQuery query, Throwable none) {
    active.remove(query);
    stuck.remove(query);
    waiting.addFirst(query);
    noThread = none;
    pausedUntil = scheduler.now() + PAUSE_NANOS;
  }

  /**
   * When a look-up that waits may run without a further event; {@link #NEVER} if only an event can
   * help.
   */
  long nextRoomAt() {
    if (waiting.size() == 0) {
      return NEVER;
    } else if (isPaused()) {
      return pausedUntil;
    } else if (active.size() == 0 || running() >= limits.maxThreads()) {
      return NEVER;
    }
    return active.first().startedAt + limits.stuckNanos();
  }

  /** The look-up has ended. Returns the waiters that must be told; null if it had ended before. */
  Set<CoalescedQuery.Waiter> end(CoalescedQuery query) {
    waiting.remove(query);
    active.remove(query);
    stuck.remove(query);
    forget(query);
    Set<CoalescedQuery.Waiter> told = query.waiters;
    query.waiters = null;
    return told;
  }

  /**
   * A caller gives up. A look-up that runs goes on: its answer fills the JDK's cache, and other
   * callers may join it.
   *
   * @return whether the look-up was waiting, and has left the row because no caller wants it any
   *     more
   */
  boolean leave(CoalescedQuery.Waiter waiter, CoalescedQuery query) {
    if (query.waiters == null) {
      return false;
    }
    query.waiters.remove(waiter);
    if (!query.waiters.isEmpty() || query.row != waiting) {
      return false;
    }
    waiting.remove(query);
    forget(query);
    return true;
  }

  private void forget(CoalescedQuery query) {
    List<CoalescedQuery> equal = queries.get(query.key);
    if (equal != null && equal.remove(query) && equal.isEmpty()) {
      queries.remove(query.key);
    }
  }
}
