package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** One look-up that runs or waits to run, and all who want its answer. */
final class CoalescedQuery {
  final Key key;

  // Guarded by the pool's lock, down to the place in its row. Nobody waits any more (null) once it
  // has ended.
  Set<Waiter> waiters = new LinkedHashSet<>(2);
  long startedAt;
  QueryRow row;
  CoalescedQuery before;
  CoalescedQuery after;

  /** What makes look-ups equal. */
  record Key(String host, Question question) {}

  CoalescedQuery(Key key) {
    this.key = key;
  }

  /** One who wants the answer, until it is given or not wanted any more. */
  static final class Waiter {
    private final Question question;
    private final Resolver.Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();

    Waiter(Question question, Resolver.Listener listener) {
      this.question = question;
      this.listener = listener;
    }

    /** False if the answer has been given already. */
    boolean cancel() {
      return over.compareAndSet(false, true);
    }

    /**
     * @param addresses null if there was a failure
     * @param troubles told of what the listener throws: never the handler of the thread at hand,
     *     which may be the program's
     */
    void deliver(
        List<InetAddress> addresses, Throwable cause, Thread.UncaughtExceptionHandler troubles) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      try {
        if (addresses == null) {
          listener.failure(question, cause);
        } else {
          listener.answer(question, addresses);
        }
      } catch (Throwable thrown) {
        // One listener's trouble must not keep the answer from the others.
        report(troubles, thrown);
      }
    }

    private static void report(Thread.UncaughtExceptionHandler troubles, Throwable thrown) {
      try {
        troubles.uncaughtException(Thread.currentThread(), thrown);
      } catch (Throwable nothingLeftToDo) {
        // As the JVM does with what a handler throws.
      }
    }
  }
}
