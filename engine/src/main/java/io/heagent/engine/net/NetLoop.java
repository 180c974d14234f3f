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
import java.util.TreeSet;
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
  // A tree, because most timers are cancelled, and a heap looks for them from end to end.
  private final TreeSet<Entry> timers = new TreeSet<>();
  private Thread thread;
  private Selector selector;
  private long sequence;

  /** When the thread has last done something. Of the thread only. */
  private long lastWork;

  /** Whether a watch was ended that the selector still has to let go of. Of the thread only. */
  private boolean ended;

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
   * Watches a channel until it is ready for the first time. By the time {@code ready} runs, the
   * selector knows nothing of the channel any more.
   */
  Watch watch(SelectableChannel channel, int operations, Runnable ready) throws IOException {
    Watch watch = new Watch(ready);
    watch.key = channel.register(selector, operations, watch);
    return watch;
  }

  /** A channel under watch. Of the loop thread only. */
  final class Watch {
    private SelectionKey key;

    /** Null once it has run or is not wanted any more. */
    private Runnable ready;

    private Watch(Runnable ready) {
      this.ready = ready;
    }

    /**
     * Ends it; {@code ready} does not run any more. The channel may be closed at once: the JDK
     * keeps the descriptor of a closed channel open until the selector has let go of it, so that
     * its number cannot be given to another socket before. The selector does that at its next
     * selection, which follows the task that is running, for all that were ended meanwhile.
     */
    void end() {
      ready = null;
      ended = true;
      key.cancel();
    }

    private void run() {
      Runnable task = ready;
      ready = null;
      if (task != null) {
        NetLoop.run(task);
      }
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
    if (!tasks.isEmpty() || !selector.selectedKeys().isEmpty() || ended) {
      return 0;
    }
    long until;
    if (!timers.isEmpty()) {
      until = timers.first().at;
    } else if (selector.keys().isEmpty()) {
      until = lastWork + idleNanos;
    } else {
      return Long.MAX_VALUE;
    }
    // Rounded up: waking before the time would only mean to wait once more.
    return Math.max(0, (until - now() + MILLI - 1) / MILLI);
  }

  private void select(long millis) {
    ended = false;
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
      if (!timers.isEmpty() && timers.first().at <= now()) {
        return timers.pollFirst().task;
      }
      return tasks.poll();
    }
  }

  private boolean runReady() {
    SelectionKey[] ready = selector.selectedKeys().toArray(new SelectionKey[0]);
    if (ready.length == 0) {
      return false;
    }
    try {
      for (SelectionKey key : ready) {
        key.cancel();
      }
      selector.selectedKeys().clear();
      // Deregisters them all at once: done for each by itself it is most of the work of a crowd.
      // Winners are then free to be made blocking, and what is closed is closed at once. Other
      // channels that are found ready stay noted for the next pass.
      selector.selectNow();
      selects.incrementAndGet();
    } catch (IOException e) {
      // They are deregistered by the next selection, and until then keep their descriptors.
    } catch (Throwable thrown) {
      report(thrown);
    }
    for (SelectionKey key : ready) {
      ((Watch) key.attachment()).run();
    }
    return true;
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
