package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides when a race may start, given the answers of a look-up so far: RFC 8305 section 3 as a
 * pure state machine.
 *
 * <p>The driver calls an input method for each event with the present time, carries out the {@link
 * Step} that it returns, and calls {@link #tick} at {@link #wakeAt()}. Times are nanoseconds on any
 * clock that never goes back; {@link #NEVER} is later than all of them.
 *
 * <p>The rules:
 *
 * <ol>
 *   <li>The race starts when there is an address and the question for the preferred family is
 *       settled: by addresses, an empty answer or a failure.
 *   <li>Otherwise the race starts when there is an address and the Resolution Delay has passed
 *       since the first answer of any kind (section 5 of the v3 draft), not since the question.
 *   <li>Addresses that come after the start join the race.
 *   <li>The look-up fails when all questions are settled and there is no address, and not before.
 *   <li>If an answer comes at the very time of the timer, the driver may report either first. If it
 *       calls {@link #tick} first, the race starts, and the answer joins it. Either way every
 *       address is used once.
 * </ol>
 *
 * <p>Not thread-safe: the driver must serialise all calls.
 */
public final class ResolutionCore {

  /** "No such time": later than every other time. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Resolution Delay of RFC 8305 section 8: 50 ms. */
  public static final long DEFAULT_DELAY_NANOS = 50_000_000L;

  /** What the driver must do after an event. */
  public enum Step {
    /** Wait until {@link #wakeAt()}, or for more events. */
    WAIT,
    /** Start the race with the {@link #addresses()}. Returned once at most. */
    START,
    /** The race has started before, and there are more {@link #addresses()} now. */
    JOIN,
    /** There is no address and none will come; see {@link #failures()}. Returned once at most. */
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
   * @param questions the questions that will be answered; not empty
   * @param preferred the family that the race waits for: {@code IPV6} (RFC 8305), {@code IPV4}, or
   *     {@code BOTH} to wait for neither, so that the first address starts the race
   * @param delayNanos the Resolution Delay in nanoseconds, 0 or more; with {@link #NEVER} the race
   *     waits for the preferred family however long that takes
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
   * A question was answered.
   *
   * @param addresses may be empty; addresses of a family that was not asked for are ignored. A
   *     second answer to the same question is ignored
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
   * A question could not be answered. Ignored if it is settled already.
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
    // The failure of BOTH leaves a family open that was asked separately too. If BOTH was not among
    // the questions, the look-up as a whole has failed, and every question is settled.
    if (!open.remove(question)) {
      open.clear();
    }
    noteFirst(now);
    return next(false, now);
  }

  /**
   * The time of {@link #wakeAt()} has come. A call that comes too early, or once too often, does no
   * harm.
   */
  public Step tick(long now) {
    return next(false, now);
  }

  /** The next time at which {@link #tick} matters. */
  public long wakeAt() {
    return started || isDone() || hasNoAddress() ? NEVER : startAt;
  }

  /** Whether all questions are settled, so that no further address will come. */
  public boolean isDone() {
    return open.isEmpty();
  }

  /**
   * All addresses known, in order of preference: those of an answer to {@code BOTH} in their own
   * order, then the preferred family, then the other one. An address may be in the list twice if
   * look-ups overlap.
   */
  public List<InetAddress> addresses() {
    List<InetAddress> all = new ArrayList<>();
    add(all, Question.BOTH);
    add(all, preferred == Question.IPV4 ? Question.IPV4 : Question.IPV6);
    add(all, preferred == Question.IPV4 ? Question.IPV6 : Question.IPV4);
    return List.copyOf(all);
  }

  /**
   * Why questions could not be answered, in the order of the failures; a copy. Other connects may
   * have been given the same exceptions, so they must not be changed.
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

  /**
   * Whether no more addresses of a family can come. An open question for both may still bring some,
   * unless that family was answered separately.
   */
  private boolean isSettled(Question family) {
    if (family == Question.BOTH) {
      return true; // the race waits for neither
    }
    boolean mayCome = open.contains(Question.BOTH) && !answers.containsKey(family);
    return !open.contains(family) && !mayCome;
  }

  private boolean hasNoAddress() {
    return answers.values().stream().allMatch(List::isEmpty);
  }
}
