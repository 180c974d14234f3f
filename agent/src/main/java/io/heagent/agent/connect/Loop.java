package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Millis;
import io.heagent.engine.time.Scheduler;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import sun.nio.ch.HeJdk;

/**
 * The one thread on which the side attempts of all non-blocking races run: a selector, timers and
 * tasks. It is made when first needed, is a daemon, holds nothing of the program's, and ends when
 * it has had nothing to do for a while.
 *
 * <p>Whoever hands something over is thrown what keeps the thread from running, no memory or no
 * descriptor, and then nothing is queued: all is as before, and the next one tries again. Nothing
 * that is thrown on the thread itself ends it.
 *
 * <p>Lock: this object's monitor guards the tasks, the timers and the life of the thread; nothing
 * is called while it is held but {@code Selector.wakeup}. The selector's keys belong to the thread.
 */
final class Loop implements Runnable {

  private static final Loop INSTANCE = new Loop();

  private static final long IDLE_NANOS = 10_000_000_000L;

  /** After something unexpected on the thread: should that last, it must not spin. */
  private static final long PAUSE_NANOS = 1_000_000L;

  private static final long NEVER = Long.MAX_VALUE;

  /** Of thousands of races that end at once, as many tell their programs together. */
  private static final int TOGETHER = 16;

  /** With so many timers under way, cancelled ones too, races prepare things; most have few. */
  private static final int CROWD = 128;

  /** Something to be run at a time. */
  static final class Timer implements Comparable<Timer>, Scheduler.Timer {

    private final long at;

    /** Taken away by {@link #cancel}: the timer itself stays queued until its time. */
    private volatile Runnable task;

    private Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    @Override
    public void cancel() {
      task = null;
    }

    @Override
    public int compareTo(Timer other) {
      return Long.compare(at, other.at);
    }
  }

  /** What the loop tells of a side attempt that it watched, on its own thread. */
  interface Ready {
    void ready(SideAttempt attempt);
  }

  private record Watched(SideAttempt attempt, Ready listener) implements Runnable {
    @Override
    public void run() {
      listener.ready(attempt);
    }
  }

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();

  /** Null while there is no thread. */
  private Selector selector;

  /** Set and cleared under the lock. One that has died in spite of all is replaced. */
  private volatile Thread thread;

  /** Until when the thread sleeps if nothing wakes it. */
  private long asleepUntil;

  /** What {@link #soon} has put off. Of the thread only. */
  private final Deque<Runnable> putOff = new ArrayDeque<>();

  /** What is due, and what the selector has found. Of the thread only, as is the next field. */
  private final Deque<Runnable> due = new ArrayDeque<>();

  private final Deque<Watched> ready = new ArrayDeque<>();

  private long idleSince;

  private Loop() {}

  /** Runs a task on the loop thread, soon. */
  static void execute(Runnable task) {
    INSTANCE.add(task, null);
  }

  /** Runs a task on the loop thread at a time of {@link System#nanoTime}. */
  static Timer schedule(long at, Runnable task) {
    Timer timer = new Timer(at, task);
    INSTANCE.add(null, timer);
    return timer;
  }

  /** Whether so much is due within a short time that it had better be prepared before. */
  static boolean isCrowded() {
    synchronized (INSTANCE) {
      return INSTANCE.timers.size() >= CROWD;
    }
  }

  /** Runs a task now, or on the loop thread once it has done some more of what is due. */
  static void soon(Runnable task) {
    if (Thread.currentThread() == INSTANCE.thread) {
      INSTANCE.putOff.add(task);
    } else {
      task.run();
    }
  }

  /** Has the selector let go of closed channels: until then their descriptors stay open. */
  static void flush() {
    INSTANCE.wake();
  }

  /**
   * Watches an attempt's channel for the outcome of its connect, once. On the loop thread only. By
   * the time the listener is called the channel is registered nowhere any more.
   */
  static void watch(SideAttempt attempt, Ready listener) throws IOException {
    attempt
        .channel()
        .register(INSTANCE.selector, SelectionKey.OP_CONNECT, new Watched(attempt, listener));
  }

  private synchronized void add(Runnable task, Timer timer) {
    if (thread == null || !thread.isAlive()) {
      begin();
    }
    boolean wake = task != null;
    if (task != null) {
      tasks.add(task);
    } else {
      timers.add(timer);
      // Later timers, all but the first of a series with one delay, need no wake-up.
      wake = timer.at < asleepUntil;
    }
    if (wake && Thread.currentThread() != thread) {
      selector.wakeup();
    }
  }

  private void wake() {
    if (Thread.currentThread() != thread) {
      synchronized (this) {
        if (selector != null) {
          selector.wakeup();
        }
      }
    }
  }

  /** The thread waits for the lock before it looks at anything. */
  private void begin() {
    // That of a thread that has died still has its channels.
    Selector present = selector;
    thread = null;
    try {
      selector = present == null ? HeJdk.openSelector() : present;
      Thread created = DaemonThreads.create(this, "he-agent-loop", Faults.OF_THREADS);
      created.start();
      thread = created;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      if (present == null && thread == null && selector != null) {
        close(selector);
        selector = null;
      }
    }
  }

  @Override
  public void run() {
    idleSince = System.nanoTime();
    boolean more = true;
    while (more) {
      try {
        more = pass();
      } catch (Throwable unexpected) {
        // No memory, for instance. What was not done is still noted; the next pass goes on with it.
        Faults.unexpected(unexpected);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Does what is due, and waits for more. False once there has been nothing for a while. */
  private boolean pass() throws IOException {
    long millis;
    synchronized (this) {
      long now = System.nanoTime();
      collect(now);
      boolean busy = !due.isEmpty() || !timers.isEmpty() || !selector.keys().isEmpty();
      idleSince = busy ? now : idleSince;
      if (now - idleSince >= IDLE_NANOS) {
        end();
        return false;
      }
      asleepUntil = asleepUntil(now, !due.isEmpty());
      millis = asleepUntil == NEVER ? 0 : Millis.roundedUp(asleepUntil - now);
    }
    boolean wait = due.isEmpty() && (millis > 0 || asleepUntil == NEVER);
    for (Runnable task; (task = due.poll()) != null; ) {
      runAndTell(task);
    }
    runPutOff();
    select(wait, millis);
    return true;
  }

  private long asleepUntil(long now, boolean isDue) {
    if (isDue || !ready.isEmpty() || !selector.selectedKeys().isEmpty()) {
      return now;
    } else if (!timers.isEmpty()) {
      return timers.peek().at;
    }
    return selector.keys().isEmpty() ? idleSince + IDLE_NANOS : NEVER;
  }

  private void collect(long now) {
    for (Runnable task; (task = tasks.peek()) != null; tasks.remove()) {
      due.add(task);
    }
    for (Timer timer; (timer = timers.peek()) != null && timer.at <= now; timers.remove()) {
      Runnable task = timer.task;
      if (task != null) {
        due.add(task);
      }
    }
  }

  private void end() {
    Selector closed = selector;
    selector = null;
    thread = null;
    close(closed);
  }

  private static void close(Selector selector) {
    try {
      selector.close();
    } catch (IOException e) {
      Faults.ignored(e);
    }
  }

  private void select(boolean wait, long millis) throws IOException {
    if (!wait) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
    // One from outside would end every select at once from now on.
    Thread.interrupted();
    ready();
  }

  private void ready() throws IOException {
    if (ready.isEmpty() && selector.selectedKeys().isEmpty()) {
      return;
    }
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      ready.add((Watched) key.attachment());
      key.cancel();
      keys.remove();
    }
    // A connected channel that is closed while registered is shut down first, and so would be the
    // program's connection, which is its duplicate by then. This deregisters them all.
    selector.selectNow();
    while (!ready.isEmpty()) {
      runAndTell(ready.remove());
    }
    runPutOff();
  }

  private void runAndTell(Runnable task) {
    run(task);
    if (putOff.size() >= TOGETHER) {
      runPutOff();
    }
  }

  private void runPutOff() {
    for (Runnable task; (task = putOff.poll()) != null; ) {
      run(task);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Faults.unexpected(e);
    }
  }
}
