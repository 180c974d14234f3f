package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When a race may start and what joins it: RFC 8305 section 3 as a pure state machine.
 *
 * <p>The driver calls an input method for each event with the present time, obeys the {@link Step}
 * it returns, and calls {@link #tick} at {@link #wakeAt()}. Times are nanoseconds on any clock that
 * never goes back; {@link #NEVER} is later than all of them.
 *
 * <p>The rules:
 *
 * <ol>
 *   <li>The race starts when there is an address and the preferred family is settled: by addresses,
 *       an empty answer or a failure.
 *   <li>Else it starts when there is an address and the Resolution Delay is over. That is counted
 *       from the first answer of any kind, not from the question (section 5 of the v3 draft).
 *   <li>Answers after the start join.
 *   <li>Nothing has failed while a question is open. When all are settled without any address, it
 *       has.
 *   <li>An answer at the very time of the timer counts first if it is reported before {@link
 *       #tick}; else the race starts, and it joins. Both ways every address comes once.
 * </ol>
 *
 * <p>Not thread-safe: the driver serialises all calls.
 */
public final class ResolutionCore {

  /** "No such time": later than every other time. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Resolution Delay of RFC 8305 section 8: 50 ms. */
  public static final long DEFAULT_DELAY_NANOS = 50_000_000L;

  /** What the driver has to do after an event. */
  public enum Step {
    /** Nothing but to wait: until {@link #wakeAt()}, or for more events. */
    WAIT,
    /** Start the race with the {@link #addresses()}. Given once at most. */
    START,
    /** The race is on: the {@link #addresses()} have become more. */
    JOIN,
    /** There is no address and none will come; see {@link #failures()}. Given once at most. */
    FAILED
  }

  private final Set<Question> open;
  private final Question preferred;
  private final long delayNanos;
  private final Map<Question, List<InetAddress>> answers = new EnumMap<>(Question.class);
  private long startAt = NEVER;
  private boolean started;
  private final List<Throwable> failures = new ArrayList<>(2);

  /**
   * @param questions to which answers will come; not empty
   * @param preferred the family worth waiting for: {@code IPV6} (RFC 8305), {@code IPV4}, or {@code
   *     BOTH} to wait for neither: then the first address starts the race
   * @param delayNanos Resolution Delay, 0 or more; {@link #NEVER} waits for the preferred family
   */
  public ResolutionCore(Set<Question> questions, Question preferred, long delayNanos) {
    if (questions.isEmpty() || delayNanos < 0) {
      throw new IllegalArgumentException("questions " + questions + ", delay " + delayNanos);
    }
    this.open = EnumSet.copyOf(questions);
    this.preferred = preferred;
    this.delayNanos = delayNanos;
  }

  /**
   * An answer has come.
   *
   * @param addresses may be empty; those of a family not asked for are ignored. A question settled
   *     already is not answered again
   */
  public Step answer(Question question, List<InetAddress> addresses, long now) {
    if (!isOpen(question)) {
      return Step.WAIT;
    }
    List<InetAddress> admitted = addresses.stream().filter(question::admits).toList();
    answers.put(question, admitted);
    open.removeIf(question::settles);
    noteFirst(now);
    return next(!admitted.isEmpty(), now);
  }

  /**
   * A question could not be answered. Ignored if it is settled.
   *
   * @param cause may be null
   */
  public Step failure(Question question, Throwable cause, long now) {
    if (!isOpen(question)) {
      return Step.WAIT;
    }
    if (cause != null) {
      failures.add(cause);
    }
    // The failure of a look-up for both does not answer for a family that is asked apart as well;
    // unless it was not asked as such: then nothing was.
    if (!open.remove(question)) {
      open.clear();
    }
    noteFirst(now);
    return next(false, now);
  }

  /** The time of {@link #wakeAt()} has come. Too early or once too often does no harm. */
  public Step tick(long now) {
    return next(false, now);
  }

  /** The next time at which {@link #tick} matters. */
  public long wakeAt() {
    return started || isDone() || hasNoAddress() ? NEVER : startAt;
  }

  /** Whether all questions are settled: no address will come any more. */
  public boolean isDone() {
    return open.isEmpty();
  }

  /**
   * All addresses known, in order of preference: a combined answer in its own order, then the
   * preferred family, then the other. May hold duplicates where look-ups overlap.
   */
  public List<InetAddress> addresses() {
    List<InetAddress> all = new ArrayList<>();
    add(all, Question.BOTH);
    add(all, preferred == Question.IPV4 ? Question.IPV4 : Question.IPV6);
    add(all, preferred == Question.IPV4 ? Question.IPV6 : Question.IPV4);
    return List.copyOf(all);
  }

  /**
   * Why questions could not be answered, in the order of the failures; a copy. Others may have been
   * given the same exceptions: don't change them.
   */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  private void add(List<InetAddress> all, Question question) {
    all.addAll(answers.getOrDefault(question, List.of()));
  }

  private boolean isOpen(Question question) {
    return open.contains(question) || (question == Question.BOTH && !open.isEmpty());
  }

  private void noteFirst(long now) {
    if (startAt == NEVER && delayNanos != NEVER) {
      startAt = now + delayNanos;
    }
  }

  private Step next(boolean more, long now) {
    if (started) {
      return more ? Step.JOIN : Step.WAIT;
    }
    if (hasNoAddress()) {
      started = isDone();
      return started ? Step.FAILED : Step.WAIT;
    }
    if (isSettled(preferred) || (startAt != NEVER && now >= startAt)) {
      started = true;
      return Step.START;
    }
    return Step.WAIT;
  }

  /** While a look-up for both is open, it may still bring a family that was not answered. */
  private boolean isSettled(Question family) {
    if (family == Question.BOTH) {
      return true; // neither is worth waiting for
    }
    boolean mayCome = open.contains(Question.BOTH) && !answers.containsKey(family);
    return !open.contains(family) && !mayCome;
  }

  private boolean hasNoAddress() {
    return answers.values().stream().allMatch(List::isEmpty);
  }
}
