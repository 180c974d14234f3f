package io.heagent.engine.race;

import io.heagent.engine.core.Action;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.time.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Drives one {@link RaceCore}: turns reports and timers into events, and actions into calls of user
 * code. Only events read and write the fields, one event at a time ({@link EventQueue}), so no lock
 * guards them.
 */
final class RaceRun<T> {
  private final AttemptSource<T> source;
  private final Consumer<? super T> discard;
  private final Scheduler scheduler;
  private final long origin;
  private final EventQueue events = new EventQueue(this::rearm);
  private final CompletableFuture<RaceResult<T>> future = new CompletableFuture<>();
  private final Map<Integer, AttemptHandle<T>> inFlight = new HashMap<>();
  private final RaceCore core;
  private Scheduler.Timer timer;
  private long armedFor = RaceCore.NEVER;
  private Throwable sourceError;
  private Throwable fatal;

  /** The value of the attempt that has succeeded in the present event. */
  private T arrived;

  RaceRun(
      AttemptSource<T> source,
      RaceOptions options,
      Consumer<? super T> discard,
      Scheduler scheduler) {
    this.source = source;
    this.discard = discard;
    this.scheduler = scheduler;
    this.origin = scheduler.now();
    this.core = new RaceCore(options.settings(), 0, options.timeoutNanos());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // events do not throw
  void begin() {
    // If the caller cancels or completes the future, the race is cancelled.
    future.whenComplete((result, failure) -> event(() -> core.cancel(now())));
    event(() -> {});
  }

  CompletableFuture<RaceResult<T>> future() {
    return future;
  }

  void succeeded(int attempt, T value) {
    event(
        () -> {
          inFlight.remove(attempt);
          arrived = value;
          core.succeeded(attempt, now());
        });
  }

  void failed(int attempt, Throwable cause, boolean local) {
    event(
        () -> {
          inFlight.remove(attempt);
          if (cause instanceof Error) {
            end(cause);
          } else {
            core.failed(attempt, cause, local, now());
          }
        });
  }

  void discard(T value) {
    Guard.run(() -> discard.accept(value));
  }

  private void event(Runnable input) {
    events.post(
        () -> {
          input.run();
          obey();
          arrived = null;
        });
  }

  private void obey() {
    for (Action action = core.poll(); action != null; action = core.poll()) {
      switch (action.kind()) {
        case WANT_CANDIDATE -> ask();
        case CANCEL -> cancel(action);
        case WON -> finish(RaceResult.End.WON, action.attempt());
        case FAILED -> finish(RaceResult.End.FAILED, Action.NONE);
        case TIMED_OUT -> finish(RaceResult.End.TIMED_OUT, Action.NONE);
        case CANCELLED -> finishCancelled();
      }
    }
  }

  private void ask() {
    Question question = new Question();
    try {
      source.next(question);
    } catch (Throwable thrown) {
      question.error(thrown);
    }
  }

  private void start(Attempt<T> attempt, long delayNanos) {
    int index = delayNanos < 0 ? core.offer(now()) : core.offer(now(), delayNanos);
    obey(); // a dropped attempt releases its resources first
    if (index == Action.NONE) {
      return;
    }
    AttemptHandle<T> handle = new AttemptHandle<>(this, index);
    inFlight.put(index, handle);
    try {
      attempt.start(handle);
    } catch (Error error) {
      end(error);
    } catch (Throwable thrown) {
      handle.failLocally(thrown);
    }
  }

  private void cancel(Action action) {
    if (action.reason() == Outcome.LATE) {
      discard(arrived);
      return;
    }
    AttemptHandle<T> handle = inFlight.remove(action.attempt());
    if (handle != null) {
      handle.cancel(action.reason());
    }
  }

  /** Ends the race with an error that is not the failure of an attempt. */
  private void end(Throwable error) {
    if (!core.isFinished()) {
      fatal = error;
      core.cancel(now());
    }
  }

  private void finish(RaceResult.End end, int winner) {
    T value = winner == Action.NONE ? null : arrived;
    tidyUp();
    if (!future.complete(new RaceResult<>(end, value, winner, core.attempts(), sourceError))
        && winner != Action.NONE) {
      discard(value);
    }
  }

  private void finishCancelled() {
    tidyUp();
    if (fatal == null) {
      future.cancel(false);
    } else {
      future.completeExceptionally(fatal);
    }
  }

  private void tidyUp() {
    rearm();
    try {
      source.close();
    } catch (Throwable thrown) {
      if (sourceError == null) {
        sourceError = thrown;
      } else if (sourceError != thrown) {
        sourceError.addSuppressed(thrown);
      }
    }
  }

  private void rearm() {
    long at = core.wakeAt();
    if (at == armedFor) {
      return;
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    armedFor = at;
    if (at != RaceCore.NEVER) {
      try {
        timer = scheduler.schedule(origin + at, () -> event(this::tick));
      } catch (Throwable thrown) {
        // The race ends, because without its timers it could hang for ever.
        event(() -> end(thrown));
      }
    }
  }

  private void tick() {
    armedFor = RaceCore.NEVER; // the timer has fired, so the same time would need a new one
    core.tick(now());
  }

  private long now() {
    return scheduler.now() - origin;
  }

  /**
   * One question to the source. Its monitor guards {@code answered}; no other lock is taken inside.
   */
  private final class Question implements AttemptSource.Answer<T> {
    private boolean answered;

    @Override
    public void attempt(Attempt<T> attempt) {
      long delayNanos = attempt.delayNanos();
      answer(() -> start(attempt, delayNanos));
    }

    @Override
    public void exhausted() {
      answer(() -> core.exhausted(now()));
    }

    @Override
    public void error(Throwable error) {
      answer(
          () -> {
            if (error instanceof Error) {
              end(error);
            } else if (!core.isFinished()) {
              sourceError = error;
              core.exhausted(now());
            }
          });
    }

    private void answer(Runnable input) {
      synchronized (this) {
        if (answered) {
          return;
        }
        answered = true;
      }
      event(input);
    }
  }
}
