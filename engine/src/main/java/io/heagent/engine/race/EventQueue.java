package io.heagent.engine.race;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs events one after another. If no event is running, the thread that posts an event runs it,
 * and all that are posted meanwhile. An event that is posted by an event runs after that one, so
 * the stack does not grow, however long a chain of events is. Any thread may post; the counter
 * {@code waiting} decides which thread runs.
 */
final class EventQueue {
  private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Runnable whenDrained;

  /**
   * @param whenDrained runs each time the queue has become empty; like events, it must not throw
   */
  EventQueue(Runnable whenDrained) {
    this.whenDrained = whenDrained;
  }

  void post(Runnable event) {
    events.add(event);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (Runnable next = events.poll(); next != null; next = events.poll()) {
        next.run();
      }
      whenDrained.run();
      seen = waiting.addAndGet(-seen);
    } while (seen > 0);
  }
}
