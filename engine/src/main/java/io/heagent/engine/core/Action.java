package io.heagent.engine.core;

/**
 * One thing the driver has to do, taken from {@link RaceCore#poll()}.
 *
 * @param kind what to do
 * @param attempt index of the attempt concerned, or {@link #NONE}
 * @param reason why an attempt is cancelled; null unless {@code kind} is {@link Kind#CANCEL}
 */
public record Action(Kind kind, int attempt, Outcome reason) {

  /** The value of {@link #attempt()} where no attempt is concerned. */
  public static final int NONE = -1;

  /** The kinds of action. One of the last four ends the race; a race emits exactly one of them. */
  public enum Kind {
    /**
     * Ask the source for the next candidate and answer with {@link RaceCore#offer(long)} or {@link
     * RaceCore#exhausted(long)}, now or later. The question is not repeated before it has been
     * answered.
     */
    WANT_CANDIDATE,
    /**
     * End this attempt and undo what it did. Reason {@link Outcome#LATE} means that the attempt has
     * succeeded after the race had ended it: close what it has opened. All other reasons concern an
     * attempt that was still running; they come before the action that ends the race. The driver
     * must be able to carry this action out twice, because a {@code LATE} may follow another reason
     * for the same attempt.
     */
    CANCEL,
    /** This attempt is the winner. */
    WON,
    /** Every attempt has failed and the source has no more candidates. */
    FAILED,
    /** The deadline has passed before any attempt succeeded. */
    TIMED_OUT,
    /** The caller called {@link RaceCore#cancel(long)} before any attempt succeeded. */
    CANCELLED
  }

  static Action of(Kind kind) {
    return new Action(kind, NONE, null);
  }

  static Action won(int attempt) {
    return new Action(Kind.WON, attempt, null);
  }

  static Action cancel(int attempt, Outcome reason) {
    return new Action(Kind.CANCEL, attempt, reason);
  }
}
