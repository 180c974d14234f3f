package io.heagent.agent.connect;

import io.heagent.engine.time.DaemonThreads;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import sun.nio.ch.HeJdk;

/**
 * The one thread on which the side attempts of all non-blocking races run: a selector, timers and
 * tasks. It is made when first needed, is a daemon, holds nothing of the program's, and ends when
 * it has had nothing to do for a while.
 *
 * <p>Lock: this object's monitor guards the tasks, the timers and the life of the thread; nothing
 * is called while it is held but {@code Selector.wakeup}. The selector's keys belong to the thread.
 */
final class Loop implements Runnable {

  private static final Loop INSTANCE = new Loop();

  private static final long IDLE_NANOS = 10_000_000_000L;
  private static final long NEVER = Long.MAX_VALUE;

  /** Of thousands of races that end at once, as many tell their programs together. */
  private static final int TOGETHER = 16;

  /** With so many timers under way, cancelled ones too, races prepare things; most have few. */
  private static final int CROWD = 128;

  /** Something to be run at a time. */
  static final class Timer implements Comparable<Timer> {

    private final long at;

    /** Taken away by {@link #cancel}: the timer itself stays queued until its time. */
    private volatile Runnable task;

    private Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    void cancel() {
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

  private record Watched(SideAttempt attempt, Ready listener) {}

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();

  /** Null while there is no thread. */
  private Selector selector;

  private volatile Thread thread;

  /** Until when the thread sleeps if nothing wakes it. */
  private long asleepUntil;

  /** What {@link #soon} has put off. Of the thread only. */
  private final List<Runnable> putOff = new ArrayList<>();

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
    boolean wake = task != null;
    if (task != null) {
      tasks.add(task);
    } else {
      timers.add(timer);
      // Later timers, all but the first of a series with one delay, need no wake-up.
      wake = timer.at < asleepUntil;
    }
    if (selector == null) {
      begin();
    } else if (wake && Thread.currentThread() != thread) {
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

  private void begin() {
    try {
      selector = HeJdk.openSelector();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    thread = DaemonThreads.create(this, "he-agent-loop");
    thread.start();
  }

  @Override
  public void run() {
    List<Runnable> due = new ArrayList<>();
    long idleSince = System.nanoTime();
    while (true) {
      long millis;
      synchronized (this) {
        long now = System.nanoTime();
        collect(due, now);
        boolean busy = !due.isEmpty() || !timers.isEmpty() || !selector.keys().isEmpty();
        idleSince = busy ? now : idleSince;
        if (now - idleSince >= IDLE_NANOS) {
          end();
          return;
        }
        asleepUntil = asleepUntil(now, idleSince, !due.isEmpty());
        millis = asleepUntil == NEVER ? 0 : Millis.roundedUp(asleepUntil - now);
      }
      for (Runnable task : due) {
        runAndTell(task);
      }
      runPutOff();
      boolean wait = due.isEmpty() && (millis > 0 || asleepUntil == NEVER);
      due.clear();
      select(wait, millis);
    }
  }

  private long asleepUntil(long now, long idleSince, boolean isDue) {
    if (isDue || !selector.selectedKeys().isEmpty()) {
      return now;
    } else if (!timers.isEmpty()) {
      return timers.peek().at;
    }
    return selector.keys().isEmpty() ? idleSince + IDLE_NANOS : NEVER;
  }

  private void collect(List<Runnable> due, long now) {
    due.addAll(tasks);
    tasks.clear();
    while (!timers.isEmpty() && timers.peek().at <= now) {
      Runnable task = timers.poll().task;
      if (task != null) {
        due.add(task);
      }
    }
  }

  private void end() {
    try {
      selector.close();
    } catch (IOException e) {
      Failures.ignored(e);
    }
    selector = null;
    thread = null;
  }

  private void select(boolean wait, long millis) {
    try {
      if (!wait) {
        selector.selectNow();
      } else {
        selector.select(millis);
      }
      ready();
    } catch (IOException | ClosedSelectorException e) {
      Failures.unexpected(e);
    }
  }

  private void ready() throws IOException {
    if (selector.selectedKeys().isEmpty()) {
      return;
    }
    List<Watched> ready = new ArrayList<>();
    for (SelectionKey key : selector.selectedKeys()) {
      ready.add((Watched) key.attachment());
      key.cancel();
    }
    selector.selectedKeys().clear();
    // A connected channel that is closed while registered is shut down first, and so would be the
    // program's connection, which is its duplicate by then. This deregisters them all.
    selector.selectNow();
    for (Watched watched : ready) {
      runAndTell(() -> watched.listener.ready(watched.attempt));
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
    for (Runnable task : putOff) {
      run(task);
    }
    putOff.clear();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Failures.unexpected(e);
    }
  }
}
