package io.heagent.engine.race;

import io.heagent.engine.core.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * One started attempt. It takes the attempt's report, of which the first counts, and the race's
 * cancellation.
 */
final class AttemptHandle<T> implements AttemptContext<T> {
  private final RaceRun<T> run;
  private final int index;

  // This object's monitor guards the fields below. No other lock is taken inside it.
  private boolean reported;
  private Outcome cancelReason;
  private List<Runnable> cancelHandlers = new ArrayList<>(1);

  AttemptHandle(RaceRun<T> run, int index) {
    this.run = run;
    this.index = index;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void succeed(T value) {
    if (firstReport()) {
      run.succeeded(index, value);
    } else {
      run.discard(value);
    }
  }

  @Override
  public void fail(Throwable cause) {
    fail(cause, false);
  }

  @Override
  public void failLocally(Throwable cause) {
    fail(cause, true);
  }

  @Override
  public void onCancel(Runnable handler) {
    synchronized (this) {
      if (reported) {
        return;
      }
      if (cancelReason == null) {
        cancelHandlers.add(handler);
        return;
      }
    }
    Guard.run(handler);
  }

  @Override
  public synchronized Outcome cancelReason() {
    return cancelReason;
  }

  void cancel(Outcome reason) {
    List<Runnable> handlers;
    synchronized (this) {
      if (cancelReason != null) {
        return;
      }
      cancelReason = reason;
      handlers = cancelHandlers;
      cancelHandlers = List.of();
    }
    handlers.forEach(Guard::run);
  }

  private void fail(Throwable cause, boolean local) {
    if (firstReport()) {
      // A report without a cause still counts; otherwise the race would wait for this attempt for
      // ever.
      Throwable known = cause == null ? new NullPointerException("failed without a cause") : cause;
      run.failed(index, known, local);
    }
  }

  private synchronized boolean firstReport() {
    boolean first = !reported;
    reported = true;
    cancelHandlers = List.of();
    return first;
  }
}
