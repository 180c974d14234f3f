package io.heagent.engine.loop;

import io.heagent.engine.time.Scheduler;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * The timers of one loop, in the order of their times; of those for one time the older goes first.
 *
 * <p>Most timers of a race are cancelled. A cancelled one stays queued without its task, so that
 * cancelling takes no lock and no search; it is dropped when it comes to the head of the queue, and
 * all are dropped together whenever the queue has doubled. That keeps the cost of each constant and
 * the queue at twice its live timers at most.
 *
 * <p>Lock: the loop's guards everything here but {@link Entry#cancel} and {@link Entry#run}.
 */
final class TimerQueue {

  /** "No timer": later than every time. */
  static final long NEVER = Long.MAX_VALUE;

  /** So many are never worth a search for cancelled ones. */
  private static final int SMALL = 1_024;

  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long sequence;

  /** At this size the cancelled ones are dropped. */
  private int sweepAt = SMALL;

  /** A task and its time. */
  static final class Entry implements Scheduler.Timer, Runnable, Comparable<Entry> {

    private final long at;
    private final long sequence;

    /** Set to null by whoever cancels it, on any thread, and by the loop's thread that runs it. */
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

  /** How many are queued, some cancelled ones among them. */
  int size() {
    return queue.size();
  }

  /** When the first one is due; {@link #NEVER} if there is none. */
  long firstAt() {
    Entry first = queue.peek();
    while (first != null && first.isCancelled()) {
      queue.remove();
      first = queue.peek();
    }
    return first == null ? NEVER : first.at;
  }

  /**
   * Moves what is due. A timer is added there before it is removed here: if there is no memory for
   * that, it is still queued.
   */
  void moveDue(long now, Deque<Runnable> due) {
    for (Entry first; (first = queue.peek()) != null && first.at <= now; queue.remove()) {
      if (!first.isCancelled()) {
        due.add(first);
      }
    }
  }
}
