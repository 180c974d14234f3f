package io.heagent.engine.resolve;

import io.heagent.engine.time.EarliestTimer;
import io.heagent.engine.time.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which look-ups of a {@link LookupPool} run, which are stuck and which wait for a thread, and
 * whose turn it is. However many wait, each event takes the same short time. Starts nothing and
 * tells nobody; guarded by the pool's lock, the queries in it included.
 */
final class LookupQueue {

  /** Where no thread could be started, none is tried again before this time is over. */
  static final long PAUSE_NANOS = 50_000_000L;

  static final long NEVER = EarliestTimer.NEVER;

  private final Scheduler scheduler;
  private final LookupLimits limits;

  /** Those of one key are in the order in which they were asked for. */
  private final Map<CoalescedQuery.Key, List<CoalescedQuery>> queries = new HashMap<>();

  private final QueryRow waiting = new QueryRow();

  /** Those that run and are not stuck, in the order in which they began. */
  private final QueryRow active = new QueryRow();

  private final QueryRow stuck = new QueryRow();

  /** Why there was no thread lately, and until when none is tried; null for no such thing. */
  private Throwable noThread;

  private long pausedUntil;

  LookupQueue(Scheduler scheduler, LookupLimits limits) {
    this.scheduler = scheduler;
    this.limits = limits;
  }

  /** How many look-ups hold a thread. */
  int running() {
    return active.size() + stuck.size();
  }

  /** How many wait for one. */
  int waiting() {
    return waiting.size();
  }

  boolean isWaiting(CoalescedQuery query) {
    return query.row == waiting;
  }

  /** The one that waits for the longest time; null for none. */
  CoalescedQuery longestWaiting() {
    return waiting.first();
  }

  /** Why there was no thread lately; null if that is long ago. */
  Throwable noThread() {
    return noThread;
  }

  /** The look-up to be asked for an answer, a new one if need be; null if there is no room. */
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
    // In the row first: should there be no memory to note it, it runs unwanted and hinders nobody.
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

  /** Whether there was no thread to be had a moment ago. */
  boolean isPaused() {
    if (noThread != null && scheduler.now() >= pausedUntil) {
      noThread = null;
    }
    return noThread != null;
  }

  /**
   * Takes the one whose turn it is out of the row: from here on it runs.
   *
   * @param here whether there is a thread for it, whatever was found of threads before
   * @return null if it is nobody's turn
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

  /** No thread could be started: as if it had not been tried. */
  void putBack(CoalescedQuery query, Throwable none) {
    active.remove(query);
    stuck.remove(query);
    waiting.addFirst(query);
    noThread = none;
    pausedUntil = scheduler.now() + PAUSE_NANOS;
  }

  /** When there will be room for one that waits without any event; {@link #NEVER} if not. */
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

  /** It has ended; gives those who are to be told, null for nobody. */
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
   * One who has asked gives up. A look-up that runs goes on: its answer fills the JDK's cache, and
   * others may join it.
   *
   * @return whether that has taken the look-up out of the row of those that wait
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
