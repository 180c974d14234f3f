package io.heagent.engine.core;

/** What became of one started attempt; also the reason given with {@link Action.Kind#CANCEL}. */
public enum Outcome {
  /** Started and not over yet. */
  RUNNING,
  /** The first success of the race: there is at most one. */
  WON,
  /** It ended by itself with a failure, which is the record's cause. */
  FAILED,
  /** It was still running when another attempt won. */
  LOST,
  /** It was the oldest attempt in flight when the limit was reached and a newer one was due. */
  DROPPED,
  /** It was still running at the deadline of the whole race. */
  TIMED_OUT,
  /** It was still running when the caller cancelled the race. */
  CANCELLED,
  /** It succeeded after the race had already ended it; the driver closes what it opened, unused. */
  LATE
}
