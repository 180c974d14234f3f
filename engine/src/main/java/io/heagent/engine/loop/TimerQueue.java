package io.heagent.engine.loop;

import io.heagent.engine.time.Scheduler;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * The timers of one loop in the order of their times; of two timers for the same time the older
 * goes first.
 *
 * <p>Most timers of a race are cancelled. A cancelled timer stays in the queue without its task, so
 * that cancelling needs no lock and no search. It is dropped when it reaches the head of the queue;
 * all cancelled timers are dropped together each time the queue has doubled. So the amortised cost
 * of a cancelled timer is constant, and the queue is at most about twice as long as the number of
 * live timers.
 *
 * <p>Lock: the loop's lock guards everything here except {@link Entry#cancel} and {@link
 * Entry#run}.
 */
final class TimerQueue {

  /** "No timer": later than every time. */
  static final long NEVER = Long.MAX_VALUE;

  /** A queue shorter than this is not searched for cancelled timers. */
  private static final int SMALL = 1_024;

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long sequence;

  /** At this size the cancelled timers are dropped. */
  private int sweepAt = SMALL;

  /** A task and its time. */
  static final class Entry implements Scheduler.Timer, Runnable, Comparable<Entry> {

    private final long at;
    private final long sequence;

    /**
     * Set to null by any thread that cancels the timer, and by the loop's thread when it runs the
     * timer.
     */
    private volatile Runnable task;

    private Entry(long at, long sequence, Runnable task) {
      this.at = at;
      this.sequence = sequence;
      this.task = task;
    }

    @Override
    public void cancel() {
      task = null;
    }

    private boolean isCancelled() {
      return task == null;
    }

    @Override
    public void run() {
      Runnable present = task;
      task = null;
      if (present != null) {
        present.run();
      }
    }

    @Override
    public int compareTo(Entry other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
    }
  }

  Entry add(long at, Runnable task) {
    Entry entry = new Entry(at, sequence++, task);
    queue.add(entry);
    if (queue.size() >= sweepAt) {
      queue.removeIf(Entry::isCancelled);
      sweepAt = Math.max(SMALL, 2 * queue.size());
    }
    return entry;
  }

  /** How many timers are queued, including cancelled ones that have not been dropped yet. */
  int size() {
    return queue.size();
  }

  /** When the first timer is due; {@link #NEVER} if there is none. */
  long firstAt() {
    Entry first = queue.peek();
    while (first != null && first.isCancelled()) {
      queue.remove();
      first = queue.peek();
    }
    return first == null ? NEVER : first.at;
  }

  /**
   * Moves the timers that are due to {@code due}. Each is added there before it is removed here: if
   * there is no memory for the first, it is still queued.
   */
  void moveDue(long now, Deque<Runnable> due) {
    for (Entry first; (first = queue.peek()) != null && first.at <= now; queue.remove()) {
      if (!first.isCancelled()) {
        due.add(first);
      }
    }
  }
}
