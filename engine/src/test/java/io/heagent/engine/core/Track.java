package io.heagent.engine.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Drives a {@link RaceCore} on a virtual clock in whole milliseconds and writes down what happens,
 * as {@code "<ms> <what>"}.
 */
final class Track {
  static final long MS = 1_000_000L;
  static final int ENDLESS = Integer.MAX_VALUE;

  final RaceCore core;
  final List<String> log = new ArrayList<>();
  private long now;
  private int left;
  private boolean answering = true;
  private boolean asked;

  private Track(RaceSettings settings, int candidates, long deadlineMs) {
    left = candidates;
    long deadline = deadlineMs == RaceCore.NEVER ? RaceCore.NEVER : deadlineMs * MS;
    core = new RaceCore(settings, 0, deadline);
    obey();
  }

  static Track of(int candidates) {
    return new Track(RaceSettings.DEFAULT, candidates, RaceCore.NEVER);
  }

  static Track withDeadline(int candidates, long deadlineMs) {
    return new Track(RaceSettings.DEFAULT, candidates, deadlineMs);
  }

  static Track withCap(int candidates, int maxInFlight) {
    return new Track(new RaceSettings(250 * MS, maxInFlight, 10 * MS), candidates, RaceCore.NEVER);
  }

  static Track sequential(int candidates) {
    return new Track(new RaceSettings(RaceCore.NEVER, 6, 10 * MS), candidates, RaceCore.NEVER);
  }

  /** The race goes on for at most this long after the failure of this attempt. */
  Track outliving(int attempt, long ms) {
    core.outlive(attempt, ms * MS);
    return this;
  }

  /**
   * Sets the clock to {@code ms}, firing every timer before that time but none at that time itself.
   */
  Track at(long ms) {
    while (core.wakeAt() < ms * MS) {
      now = core.wakeAt();
      core.tick(now);
      obey();
    }
    now = ms * MS;
    return this;
  }

  /** The timer fires now. */
  Track tick() {
    core.tick(now);
    return obey();
  }

  Track win(int attempt) {
    core.succeeded(attempt, now);
    return obey();
  }

  Track fail(int attempt) {
    return fail(attempt, null);
  }

  Track fail(int attempt, Throwable cause) {
    core.failed(attempt, cause, false, now);
    return obey();
  }

  Track failLocally(int attempt) {
    core.failed(attempt, null, true, now);
    return obey();
  }

  Track cancel() {
    core.cancel(now);
    return obey();
  }

  /** From now on the source leaves questions unanswered, as it does while a look-up runs. */
  Track sourceFallsSilent() {
    answering = false;
    return this;
  }

  Track sourceAnswers() {
    answering = true;
    if (asked) {
      answer();
    }
    return obey();
  }

  /** The source that was exhausted has more candidates again, as after a late answer. */
  Track more(int candidates) {
    left += candidates;
    core.moreCandidates(now);
    return obey();
  }

  String outcomes() {
    StringBuilder text = new StringBuilder();
    core.attempts().forEach(r -> text.append(text.isEmpty() ? "" : " ").append(r.outcome()));
    return text.toString();
  }

  private Track obey() {
    for (Action action = core.poll(); action != null; action = core.poll()) {
      switch (action.kind()) {
        case WANT_CANDIDATE -> {
          asked = true;
          if (answering) {
            answer();
          }
        }
        case CANCEL -> say("cancel " + action.attempt() + " " + action.reason());
        case WON -> say("won " + action.attempt());
        default -> say(action.kind().name());
      }
    }
    return this;
  }

  private void answer() {
    asked = false;
    if (left == 0) {
      core.exhausted(now);
      return;
    }
    int attempt = core.offer(now);
    if (attempt != Action.NONE) {
      left -= left == ENDLESS ? 0 : 1;
      say("start " + attempt);
    }
  }

  private void say(String what) {
    log.add(now / MS + " " + what);
  }
}
