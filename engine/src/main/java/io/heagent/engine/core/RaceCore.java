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
 *   <li>The Connection Attempt Delay only starts attempts. It never ends one.
 *   <li>The next attempt is due when the delay has passed since the newest start, or when the
 *       newest attempt fails. The failure of an older attempt changes nothing. After a failure that
 *       was not local, two starts are still at least the minimum gap apart.
 *   <li>The first success wins. A success at the very time of a timer counts if the driver reports
 *       it before it calls {@link #tick(long)}. Later successes come back as {@link Outcome#LATE}.
 *   <li>One deadline covers the whole race; it is not divided among the attempts.
 *   <li>An attempt beyond the limit takes the place of the oldest one, so that addresses which
 *       never answer cannot keep later candidates from being tried.
 *   <li>When all attempts have failed, the race ends with the last failure. The caller can bound
 *       how long the race goes on after one particular attempt has failed, see {@link #outlive}.
 * </ol>
 *
 * <p>Not thread-safe: the driver must serialise all calls. No method calls the driver back, so the
 * stack does not grow, however many attempts fail in a row.
 */
public final class RaceCore {

  /** "No such time": later than every other time. */
  public static final long NEVER = Long.MAX_VALUE;

  private final RaceSettings settings;
  private final long deadline;
  private final Queue<Action> actions = new ArrayDeque<>(4);
  private final List<AttemptRecord> records = new ArrayList<>(4);
  private final ArrayDeque<Integer> inFlight = new ArrayDeque<>(4);

  /**
   * When the next attempt is due. Kept while the source is exhausted, because {@link
   * #moreCandidates} may follow.
   */
  private long nextStartAt;

  /** When the newest attempt started. */
  private long startedAt;

  /** The attempt given to {@link #outlive}, or {@link Action#NONE}. */
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
   * @param settings delay, limit of attempts in flight, and minimum gap
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

  /**
   * When the race times out, as far as is known now: the deadline, or earlier because of {@link
   * #outlive}.
   */
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
   * Since when all attempts have failed and the race waits for its source only; {@link #NEVER}
   * while an attempt is in flight, and before the first one. A driver whose source may hang calls
   * {@link #exhausted} when it has waited long enough.
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
   * oldest attempt, that one's {@link Action.Kind#CANCEL} is ready to be polled. A driver that
   * carries the cancellation out before it starts the new attempt frees a descriptor for it.
   *
   * @return its index, or {@link Action#NONE} when no candidate is wanted (any more): then nothing
   *     may be started
   */
  public int offer(long now) {
    return offer(now, settings.delayNanos());
  }

  /**
   * As {@link #offer(long)}, with a Connection Attempt Delay for this attempt only (RFC 8305
   * section 5 allows a delay that depends on what is known of the host).
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
   * Bounds how long the race goes on after one particular attempt, usually the one at the requested
   * address, has failed. Once it has failed and no further start is due, the attempts in flight
   * have this long, counted from the newest start; then the race times out. A caller without a
   * deadline needs this bound: otherwise a candidate that never answers would keep the failure from
   * it for ever.
   *
   * @param patienceNanos {@link #NEVER} for no bound
   */
  public void outlive(int attempt, long patienceNanos) {
    outlived = attempt;
    patience = patienceNanos;
  }

  /**
   * Answers {@link Action.Kind#WANT_CANDIDATE}: the source has no more candidates. The driver may
   * also call this before it is asked, which saves the timer. While a look-up that may bring more
   * candidates is under way, the driver must not call this and leaves the question unanswered;
   * otherwise the race may fail too early.
   */
  public void exhausted(long now) {
    exhausted = true;
    wanted = false;
    proceed(now);
  }

  /**
   * An exhausted source has more candidates again. The next start is due at the time at which it
   * would have been due anyway.
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
   * @param local whether no packet has left this host, or the attempt was refused at once; then the
   *     minimum gap does not apply to the next start
   */
  public void failed(int attempt, Throwable cause, boolean local, long now) {
    AttemptRecord record = records.get(attempt);
    if (!record.isRunning()) {
      return;
    }
    inFlight.remove(attempt);
    records.set(attempt, record.ended(now, Outcome.FAILED, cause));
    idleSince = inFlight.isEmpty() ? now : NEVER;
    // The failure of an older attempt makes no start due, not even when it was the last one in
    // flight: then the newest attempt has failed before it, and that has made the next start due.
    if (attempt == records.size() - 1) {
      long earliest = local ? now : plus(record.startNanos(), settings.minimumGapNanos());
      nextStartAt = Math.max(now, earliest);
    }
    proceed(now);
  }

  /**
   * The time of {@link #wakeAt()} has come. A call that comes too early, or once too often, does no
   * harm.
   */
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
    // A finished race wants no candidate: drop the question if the driver has not polled it yet.
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
