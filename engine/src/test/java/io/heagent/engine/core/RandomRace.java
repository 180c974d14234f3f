package io.heagent.engine.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a random schedule against a {@link RaceCore} and counts the events that the properties
 * compare.
 */
final class RandomRace {
  static final long MS = 1_000_000L;

  final RaceCore core;
  final List<Action> finals = new ArrayList<>();
  final List<Boolean> failedLocally = new ArrayList<>();
  int opened;
  int closed;
  int cancels;
  int mostInFlight;
  int startsAfterEnd;
  private final int cap;
  private long now;
  private int left;
  private boolean silent;
  private boolean asked;

  RandomRace(int candidates, int cap, long deadlineMs) {
    this.left = candidates;
    this.cap = cap;
    core = new RaceCore(new RaceSettings(250 * MS, cap, 10 * MS), 0, deadlineMs * MS);
    obey();
  }

  void run(List<Step> schedule) {
    for (Step step : schedule) {
      pass(step.waitMs() * MS);
      apply(step);
      obey();
    }
    silent = false;
    answerIfAsked();
    obey();
    while (!core.isFinished()) {
      pass(Math.max(1, core.wakeAt() - now));
      core.tick(now);
      obey();
    }
  }

  private void apply(Step step) {
    int started = core.attempts().size();
    int attempt = started == 0 ? 0 : step.pick() % started;
    switch (step.kind()) {
      case WIN -> {
        if (started > 0 && mayStillSucceed(attempt)) {
          opened++;
          core.succeeded(attempt, now);
        }
      }
      case FAIL, FAIL_LOCALLY -> {
        if (started > 0) {
          boolean local = step.kind() == Step.Kind.FAIL_LOCALLY;
          if (core.attempts().get(attempt).isRunning()) {
            failedLocally.set(attempt, local);
          }
          core.failed(attempt, null, local, now);
        }
      }
      case TICK -> core.tick(now);
      case CANCEL -> core.cancel(now);
      case SILENT -> silent = true;
      case ANSWER -> {
        silent = false;
        answerIfAsked();
      }
      case MORE -> {
        left++;
        core.moreCandidates(now);
      }
    }
  }

  /**
   * Whether the schedule may let the attempt succeed. The winner does not succeed a second time,
   * because a driver reports one success of an attempt at most.
   */
  private boolean mayStillSucceed(int attempt) {
    return core.attempts().get(attempt).outcome() != Outcome.WON;
  }

  private void pass(long nanos) {
    long end = now + nanos;
    while (core.wakeAt() < end) {
      now = Math.max(now, core.wakeAt());
      core.tick(now);
      obey();
    }
    now = end;
  }

  private void obey() {
    for (Action action = core.poll(); action != null; action = core.poll()) {
      switch (action.kind()) {
        case WANT_CANDIDATE -> {
          asked = true;
          if (!silent) {
            answerIfAsked();
          }
        }
        case CANCEL -> {
          if (action.reason() == Outcome.LATE) {
            closed++;
          } else {
            cancels++;
          }
        }
        default -> finals.add(action);
      }
    }
  }

  private void answerIfAsked() {
    if (!asked) {
      return;
    }
    asked = false;
    if (left == 0) {
      core.exhausted(now);
      return;
    }
    boolean over = core.isFinished();
    int attempt = core.offer(now);
    if (attempt != Action.NONE) {
      left--;
      startsAfterEnd += over ? 1 : 0;
      failedLocally.add(false);
      long running = core.attempts().stream().filter(AttemptRecord::isRunning).count();
      mostInFlight = Math.max(mostInFlight, (int) running);
    }
  }

  int cap() {
    return cap;
  }
}
