package io.heagent.engine.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What is kept of one address. Lock-free: any thread that reports an attempt writes the fields, by
 * compare-and-set where it depends on the old value. A success of a healthy address allocates
 * nothing.
 */
final class AddressMemory {
  private static final VarHandle SMOOTHED = field("smoothed", long.class);
  private static final VarHandle FAILURE = field("failure", Failure.class);

  final long high;
  final long low;
  final int scope;

  /** Packed as {@link Smoothing} does; while it is 0, {@code lastSuccess} has no meaning. */
  private volatile long smoothed;

  private volatile long lastSuccess;
  private volatile Failure failure;

  /**
   * @param count failures in a row, 0 after a success
   */
  private record Failure(long at, FailureKind kind, int count) {}

  /** Keeps an address by its {@link AddressBits}. */
  AddressMemory(long high, long low, int scope) {
    this.high = high;
    this.low = low;
    this.scope = scope;
  }

  /** No field updater: in a JVM's first race that would load seven classes more. */
  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(AddressMemory.class, name, type);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("no such field", impossible); // They are declared here.
    }
  }

  boolean is(long otherHigh, long otherLow, int otherScope) {
    return low == otherLow && high == otherHigh && scope == otherScope;
  }

  void succeeded(long nanos, long now, HistorySettings settings) {
    long before = smoothed;
    long base = hasAnswered(now, settings) ? before : 0;
    lastSuccess = now;
    // Tried once: if another thread adds a sample at the same time, this one may be lost without
    // harm.
    SMOOTHED.compareAndSet(this, before, Smoothing.add(base, nanos));
    Failure last = failure;
    if (last != null && last.count > 0) {
      FAILURE.compareAndSet(this, last, new Failure(last.at, last.kind, 0));
    }
  }

  /**
   * @param started when the failed attempt began. If the address has answered since then, or its
   *     last failure is later than that (so that both attempts met the same incident), nothing
   *     changes
   */
  void failed(FailureKind kind, long started, long now, HistorySettings settings) {
    if (smoothed != 0 && lastSuccess - started > 0) {
      return;
    }
    Failure last = failure;
    boolean recent = last != null && now - last.at < settings.expiryNanos();
    if (recent && last.count > 0 && last.at - started >= 0) {
      return;
    }
    int count = recent ? Math.min(last.count + 1, 1_000) : 1;
    FAILURE.compareAndSet(
        this,
        last,
        new Failure(
            now, kind, count)); // if this fails, another thread has reported the same incident
  }

  /** Whether there is a connect time that has not expired. */
  boolean hasAnswered(long now, HistorySettings settings) {
    return smoothed != 0 && now - lastSuccess < settings.expiryNanos();
  }

  /** Whether it has failed since its last success. */
  boolean hasFailed() {
    Failure last = failure;
    return last != null && last.count > 0;
  }

  boolean isSuspect(long now, HistorySettings settings) {
    Failure last = failure;
    return last != null && last.count > 0 && now - last.at < settings.suspicionNanos(last.count);
  }

  /** Time since the last failure; {@link Long#MAX_VALUE} without one. */
  long sinceFailure(long now) {
    Failure last = failure;
    return last == null ? Long.MAX_VALUE : now - last.at;
  }

  long overdueNanos() {
    return Smoothing.overdueNanos(smoothed);
  }

  /** The time since the last success or failure, whichever is later. */
  long idle(long now) {
    long sinceSuccess = smoothed == 0 ? Long.MAX_VALUE : now - lastSuccess;
    return Math.min(sinceSuccess, sinceFailure(now));
  }

  AddressHistory snapshot(long now, HistorySettings settings) {
    Failure last = failure;
    boolean failed = last != null && now - last.at < settings.expiryNanos();
    boolean answered = hasAnswered(now, settings);
    return new AddressHistory(
        answered ? Smoothing.smoothedNanos(smoothed) : -1,
        answered ? Smoothing.variationNanos(smoothed) : -1,
        answered ? now - lastSuccess : -1,
        failed ? now - last.at : -1,
        failed ? last.kind : null,
        failed ? last.count : 0,
        isSuspect(now, settings));
  }
}
