package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** One look-up that runs or waits for a thread, and all callers that want its answer. */
final class CoalescedQuery {
  final Key key;

  // The pool's lock guards the five fields below. The waiters are null once the look-up has ended;
  // before and after are its neighbours in the row.
  Set<Waiter> waiters = new LinkedHashSet<>(2);
  long startedAt;
  QueryRow row;
  CoalescedQuery before;
  CoalescedQuery after;

  /** Look-ups with equal keys are made once. */
  record Key(String host, Question question) {}

  CoalescedQuery(Key key) {
    this.key = key;
  }

  /** One caller that wants the answer. It gets the answer once, or never after it has cancelled. */
  static final class Waiter {
    private final Question question;
    private final Resolver.Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();

    Waiter(Question question, Resolver.Listener listener) {
      this.question = question;
      this.listener = listener;
    }

    /** Returns false if the caller has had its answer, or has cancelled before. */
    boolean cancel() {
      return over.compareAndSet(false, true);
    }

    /**
     * @param addresses null if there was a failure
     * @param troubles takes what the listener throws. The handler of the current thread is not
     *     used, because that thread may be the program's
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
        // An exception of one listener must not keep the answer from the others.
        report(troubles, thrown);
      }
    }

    private static void report(Thread.UncaughtExceptionHandler troubles, Throwable thrown) {
      try {
        troubles.uncaughtException(Thread.currentThread(), thrown);
      } catch (Throwable nothingLeftToDo) {
        // Dropped, as the JVM drops what an uncaught exception handler throws.
      }
    }
  }
}
