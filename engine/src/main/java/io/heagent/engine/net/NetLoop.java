package io.heagent.engine.net;

import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread with one selector, for the sockets and the timers of all races. The thread starts with
 * the first task and ends, with its selector, after a while without any.
 *
 * <p>{@link #now}, {@link #schedule}, {@link #execute} and {@link #inLoop} are for any thread; the
 * rest is for tasks of the loop. Tasks must not block.
 */
public final class NetLoop implements Scheduler {
  private static final NetLoop SHARED = new NetLoop(5, TimeUnit.SECONDS);
  private static final long MILLI = 1_000_000L;

  private final DaemonThreads threads = new DaemonThreads("he-loop");
  private final long origin = System.nanoTime();
  private final long idleNanos;
  private final Object lock = new Object();

  // Guarded by lock; the selector is used by the loop thread without it.
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Entry> timers = new PriorityQueue<>();
  private Thread thread;
  private Selector selector;
  private long sequence;

  /** When the thread has last done something. Of the thread only. */
  private long lastWork;

  private final AtomicLong selects = new AtomicLong();

  NetLoop(long idle, TimeUnit unit) {
    idleNanos = unit.toNanos(idle);
  }

  /** The one of this process. */
  public static NetLoop shared() {
    return SHARED;
  }

  @Override
  public long now() {
    return System.nanoTime() - origin;
  }

  /**
   * Runs a task on the loop thread, in the order of these calls.
   *
   * @throws UncheckedIOException if the loop was not running and no selector could be opened
   */
  public void execute(Runnable task) {
    synchronized (lock) {
      ensureRunning();
      tasks.add(task);
      wakeup();
    }
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    synchronized (lock) {
      ensureRunning();
      Entry entry = new Entry(atNanos, sequence++, task);
      timers.add(entry);
      wakeup();
      return () -> {
        synchronized (lock) {
          timers.remove(entry);
        }
      };
    }
  }

  /** Whether the calling thread is the loop's. */
  public boolean inLoop() {
    return Thread.currentThread() == thread();
  }

  /**
   * Watches a channel.
   *
   * @param ready runs whenever the channel is ready
   */
  SelectionKey register(SelectableChannel channel, int operations, Runnable ready)
      throws IOException {
    return channel.register(selector, operations, ready);
  }

  /**
   * Takes a channel off the selector for good: when this returns, the selector knows nothing of the
   * channel's descriptor, so that its number may be used anew.
   */
  void deregister(SelectionKey key) {
    key.cancel();
    try {
      selector.selectNow(); // only a selection removes the key; what is ready stays noted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often {@code select} has returned; tells a test whether the loop spins. */
  long selects() {
    return selects.get();
  }

  /** The running thread, null if there is none. */
  Thread thread() {
    synchronized (lock) {
      return thread;
    }
  }

  /** Throws with all as it was; a thread that has died in spite of all is replaced. */
  private void ensureRunning() {
    if (thread != null && thread.isAlive()) {
      return;
    }
    Selector present = selector;
    try {
      // One that a dead thread has left still has its channels.
      Selector used = present != null && present.isOpen() ? present : Selector.open();
      selector = used;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Thread created = threads.newThread(this::run);
      created.start();
      thread = created;
    } catch (Throwable cannotStart) {
      if (selector != present) {
        close();
        selector = present;
      }
      throw cannotStart;
    }
  }

  private void wakeup() {
    if (Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  private void run() {
    lastWork = now();
    boolean more = true;
    while (more) {
      try {
        more = pass();
      } catch (Throwable thrown) {
        // No memory, for instance: it must not end the thread, on which all races depend.
        report(thrown);
        LockSupport.parkNanos(MILLI);
      }
    }
  }

  /** False once there has been nothing to do for a while. */
  private boolean pass() {
    boolean ran = runDue();
    boolean served = runReady();
    if (ran || served) {
      lastWork = now();
    }
    long millis;
    synchronized (lock) {
      boolean idle = tasks.isEmpty() && timers.isEmpty() && selector.keys().isEmpty();
      if (idle && now() - lastWork >= idleNanos) {
        thread = null;
        close();
        return false;
      }
      millis = millisToWait(lastWork);
    }
    select(millis);
    return true;
  }

  /** 0 means "not at all", {@link Long#MAX_VALUE} "for ever". Call with the lock held. */
  private long millisToWait(long lastWork) {
    if (!tasks.isEmpty() || !selector.selectedKeys().isEmpty()) {
      return 0;
    }
    long until;
    if (!timers.isEmpty()) {
      until = timers.peek().at;
    } else if (selector.keys().isEmpty()) {
      until = lastWork + idleNanos;
    } else {
      return Long.MAX_VALUE;
    }
    // Rounded up: waking before the time would only mean to wait once more.
    return Math.max(0, (until - now() + MILLI - 1) / MILLI);
  }

  private void select(long millis) {
    try {
      if (millis == 0) {
        selector.selectNow();
      } else {
        selector.select(millis == Long.MAX_VALUE ? 0 : millis);
      }
    } catch (IOException e) {
      // A broken selector must neither stop timers, which end the races, nor make the loop spin.
      LockSupport.parkNanos(MILLI);
    }
    selects.incrementAndGet();
    Thread.interrupted(); // an interrupt from outside would make every select return at once
  }

  private boolean runDue() {
    boolean any = false;
    for (Runnable task = nextDue(); task != null; task = nextDue()) {
      any = true;
      run(task);
    }
    return any;
  }

  /** Timers first: under a stream of tasks they would never have their turn. */
  private Runnable nextDue() {
    synchronized (lock) {
      if (!timers.isEmpty() && timers.peek().at <= now()) {
        return timers.remove().task;
      }
      return tasks.poll();
    }
  }

  private boolean runReady() {
    // A copy, because what runs here may select again, see deregister.
    SelectionKey[] ready = selector.selectedKeys().toArray(new SelectionKey[0]);
    selector.selectedKeys().clear();
    for (SelectionKey key : ready) {
      if (key.isValid()) {
        run((Runnable) key.attachment());
      }
    }
    return ready.length > 0;
  }

  /** One race's trouble must not become that of all others. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      report(thrown);
    }
  }

  private static void report(Throwable thrown) {
    try {
      Thread loop = Thread.currentThread();
      loop.getUncaughtExceptionHandler().uncaughtException(loop, thrown);
    } catch (Throwable fromHandler) {
      // As the JVM does with what a handler throws.
    }
  }

  private void close() {
    try {
      selector.close();
    } catch (IOException e) {
      // Nothing depends on it: no channel is registered any more.
    }
  }

  private record Entry(long at, long sequence, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
    }
  }
}
