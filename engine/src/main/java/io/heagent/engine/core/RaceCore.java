package io.heagent.engine.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/**
 * The race of RFC 8305 section 5 as a pure state machine.
 *
 * <p>The driver calls an input method for each event with the present time, then {@link #poll()}
 * until it returns null, carrying out each {@link Action}, and arms one timer for {@link #wakeAt()}
 * at which it calls {@link #tick(long)}. Times are nanoseconds on any clock that never goes back;
 * {@link #NEVER} is later than all of them.
 *
 * <p>The rules:
 *
 * <ol>
 *   <li>The delay only starts attempts. It never ends one.
 *   <li>The next attempt is due at the delay after the newest start, or when the newest attempt
 *       fails. The failure of an older one changes nothing. A failure that was not local never
 *       brings two starts closer together than the minimum gap.
 *   <li>The first success wins, also at the very time of a timer, if it is reported before {@link
 *       #tick(long)}. Later successes come back as {@link Outcome#LATE}.
 *   <li>One deadline covers everything; nothing divides it.
 *   <li>An attempt beyond the cap takes the place of the oldest, so that black holes never keep
 *       later candidates from being tried.
 *   <li>When all have failed the race ends at the last failure. Where the caller says so, it
 *       outlives the failure of one of them by a bounded time only, see {@link #outlive}.
 * </ol>
 *
 * <p>Not thread-safe: the driver serialises all calls. No method calls back, so none can recurse,
 * however many attempts fail in a row.
 */
public final class RaceCore {

  /** "No such time": later than every other time. */
  public static final long NEVER = Long.MAX_VALUE;

  private final RaceSettings settings;
  private final long deadline;
  private final Queue<Action> actions = new ArrayDeque<>(4);
  private final List<AttemptRecord> records = new ArrayList<>(4);
  private final ArrayDeque<Integer> inFlight = new ArrayDeque<>(4);

  /** When the next attempt is due. Kept when the source is exhausted: it may get more again. */
  private long nextStartAt;

  /** When the newest attempt started. */
  private long startedAt;

  /** The attempt of {@link #outlive}, or {@link Action#NONE}. */
  private int outlived = Action.NONE;

  private long patience = NEVER;

  /**
   * Since when every attempt has failed; {@link #NEVER} while one is in flight or none was made.
   */
  private long idleSince = NEVER;

  private boolean wanted;
  private boolean exhausted;
  private boolean finished;

  /**
   * Starts a race: the first {@link Action.Kind#WANT_CANDIDATE} is ready to be polled.
   *
   * @param settings delay, cap and gap
   * @param now the present time
   * @param deadline absolute time at which the race times out, {@link #NEVER} for none
   */
  public RaceCore(RaceSettings settings, long now, long deadline) {
    this.settings = settings;
    this.deadline = deadline;
    this.nextStartAt = now;
    tick(now);
  }

  /**
   * The next thing to do.
   *
   * @return null when there is nothing to do at present
   */
  public Action poll() {
    return actions.poll();
  }

  /** The next time at which {@link #tick(long)} matters; {@link #NEVER} once finished. */
  public long wakeAt() {
    if (finished) {
      return NEVER;
    }
    return wanted || exhausted ? endsAt() : Math.min(endsAt(), nextStartAt);
  }

  /** When the race times out as things are. */
  private long endsAt() {
    boolean nothingElseDue = exhausted || (!wanted && nextStartAt == NEVER);
    return nothingElseDue && hasFailed(outlived)
        ? Math.min(deadline, plus(startedAt, patience))
        : deadline;
  }

  private boolean hasFailed(int attempt) {
    return attempt != Action.NONE && records.get(attempt).outcome() == Outcome.FAILED;
  }

  /**
   * Since when the race waits for its source alone, all attempts having failed; {@link #NEVER}
   * while one is in flight, and before the first. A driver whose source may hang bounds that time:
   * it says {@link #exhausted} then.
   */
  public long idleSince() {
    return idleSince;
  }

  /** Whether the outcome is decided (its action may still be waiting to be polled). */
  public boolean isFinished() {
    return finished;
  }

  /**
   * Answers {@link Action.Kind#WANT_CANDIDATE}: an attempt starts now. If it takes the place of the
   * oldest, that one's {@link Action.Kind#CANCEL} is ready to be polled: carried out first, it also
   * makes room for a descriptor.
   *
   * @return its index, or {@link Action#NONE} when no candidate is wanted (any more): then nothing
   *     may be started
   */
  public int offer(long now) {
    return offer(now, settings.delayNanos());
  }

  /**
   * As {@link #offer(long)}, with a Connection Attempt Delay of this attempt's own (RFC 8305
   * section 5: it may depend on what is known of the host).
   *
   * @param delayNanos {@link #NEVER} for "only on failure"; less than the minimum gap counts as the
   *     minimum gap
   */
  public int offer(long now, long delayNanos) {
    if (now >= endsAt()) {
      tick(now);
    }
    if (finished || !wanted) {
      return Action.NONE;
    }
    wanted = false;
    if (inFlight.size() >= settings.maxInFlight()) {
      end(inFlight.remove(), now, Outcome.DROPPED);
    }
    int attempt = records.size();
    records.add(AttemptRecord.started(attempt, now));
    inFlight.add(attempt);
    idleSince = NEVER;
    startedAt = now;
    nextStartAt = plus(now, Math.max(delayNanos, settings.minimumGapNanos()));
    return attempt;
  }

  /**
   * Bounds by how long the race outlives one attempt, the one that the caller means most: once that
   * has failed and nothing else is due to start, those in flight have this long, counted from the
   * newest start, and then the race times out. For callers without a deadline of their own, whom a
   * candidate that says nothing must not keep from that failure for ever.
   *
   * @param patienceNanos {@link #NEVER} for no bound
   */
  public void outlive(int attempt, long patienceNanos) {
    outlived = attempt;
    patience = patienceNanos;
  }

  /**
   * Answers {@link Action.Kind#WANT_CANDIDATE}: the source has no more. May also be said unasked,
   * which spares the timer. While a look-up that may bring more is under way, don't say it: leave
   * the question unanswered, or the race may fail too early.
   */
  public void exhausted(long now) {
    exhausted = true;
    wanted = false;
    proceed(now);
  }

  /**
   * An exhausted source has more again. The next start is due when it would have been due anyway.
   */
  public void moreCandidates(long now) {
    exhausted = false;
    proceed(now);
  }

  /**
   * The attempt has reached its goal. If it is not the winner, a {@link Action.Kind#CANCEL} with
   * reason {@link Outcome#LATE} asks for what it opened to be closed.
   */
  public void succeeded(int attempt, long now) {
    AttemptRecord record = records.get(attempt);
    if (record.isRunning()) {
      inFlight.remove(attempt);
      records.set(attempt, record.ended(now, Outcome.WON, null));
      finish(now, Outcome.LOST, Action.won(attempt));
    } else if (record.outcome() != Outcome.WON) {
      records.set(attempt, record.late());
      actions.add(Action.cancel(attempt, Outcome.LATE));
    }
  }

  /**
   * The attempt has failed by itself. Ignored if it was over already.
   *
   * @param cause why, for the record; may be null
   * @param local whether no packet left this host, or it was refused at once: then the next start
   *     need not keep the minimum gap
   */
  public void failed(int attempt, Throwable cause, boolean local, long now) {
    AttemptRecord record = records.get(attempt);
    if (!record.isRunning()) {
      return;
    }
    inFlight.remove(attempt);
    records.set(attempt, record.ended(now, Outcome.FAILED, cause));
    idleSince = inFlight.isEmpty() ? now : NEVER;
    // An older attempt needs no case of its own, not even when it was the last one in flight: the
    // newest has failed before it then, which has made the next start due.
    if (attempt == records.size() - 1) {
      long earliest = local ? now : plus(record.startNanos(), settings.minimumGapNanos());
      nextStartAt = Math.max(now, earliest);
    }
    proceed(now);
  }

  /** The time of {@link #wakeAt()} has come. Too early or once too often does no harm. */
  public void tick(long now) {
    if (!finished && now >= endsAt()) {
      finish(now, Outcome.TIMED_OUT, Action.of(Action.Kind.TIMED_OUT));
    }
    proceed(now);
  }

  /** The caller gives up. Ignored when the race is finished. */
  public void cancel(long now) {
    if (!finished) {
      finish(now, Outcome.CANCELLED, Action.of(Action.Kind.CANCELLED));
    }
  }

  /** One record per started attempt in start order, as of now; a copy. */
  public List<AttemptRecord> attempts() {
    return List.copyOf(records);
  }

  private void proceed(long now) {
    if (finished || wanted) {
      return;
    }
    if (exhausted) {
      if (inFlight.isEmpty()) {
        finish(now, Outcome.FAILED, Action.of(Action.Kind.FAILED));
      }
    } else if (now >= nextStartAt) {
      wanted = true;
      actions.add(Action.of(Action.Kind.WANT_CANDIDATE));
    }
  }

  private void finish(long now, Outcome others, Action last) {
    finished = true;
    // A question that was not yet taken must not be asked any more.
    for (Iterator<Action> pending = actions.iterator(); pending.hasNext(); ) {
      if (pending.next().kind() == Action.Kind.WANT_CANDIDATE) {
        pending.remove();
      }
    }
    while (!inFlight.isEmpty()) {
      end(inFlight.remove(), now, others);
    }
    actions.add(last);
  }

  private void end(int attempt, long now, Outcome how) {
    records.set(attempt, records.get(attempt).ended(now, how, null));
    actions.add(Action.cancel(attempt, how));
  }

  private static long plus(long time, long nanos) {
    long sum = time + nanos;
    return nanos == NEVER || sum < time ? NEVER : sum;
  }
}
