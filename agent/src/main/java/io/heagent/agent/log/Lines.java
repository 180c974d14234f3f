package io.heagent.agent.log;

import io.heagent.engine.time.DaemonThreads;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lines on their way to stderr. {@code System.err} may be the program's own: a stream that throws,
 * that waits for a lock, that connects. So once programs connect, nobody prints where it stands,
 * under a lock or between the end of a race and its program's knowing of it: lines are printed by a
 * daemon thread that is there for a second after the last line. A thread whose connect is over
 * gives it a moment, so that a program that ends after its connect loses no line; a stream that
 * blocks costs it no more than that moment, once. Lines that nobody prints are lost at a limit.
 *
 * <p>No lock is held while printing.
 */
final class Lines implements Runnable {

  static final int LIMIT = 1_000;

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Enough for a line, too little for a program to notice. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(LIMIT);

  /** Whether a line is being printed. Written by the daemon thread. */
  private volatile boolean printing;

  /** Whether a moment was not enough. Set by who has waited, taken back by the daemon thread. */
  private volatile boolean stuck;

  /** Whether there is a daemon thread, or one is being started. */
  private final AtomicBoolean manned = new AtomicBoolean();

  /** Written by the daemon thread itself; may be one that has ended. */
  private volatile Thread printer;

  /** Null as long as lines are printed at once. Set once. */
  private volatile BooleanSupplier flushesLater;

  /**
   * From now on lines wait.
   *
   * @param here whether the calling thread is one that will call {@link #flush}
   */
  void printLater(BooleanSupplier here) {
    flushesLater = here;
  }

  void say(String line) {
    BooleanSupplier here = flushesLater;
    if (here == null) {
      print(line);
    } else if (waiting.offer(line) && !here.getAsBoolean()) {
      callPrinter();
    }
  }

  private void callPrinter() {
    if (!manned.compareAndSet(false, true)) {
      LockSupport.unpark(printer);
      return;
    }
    try {
      DaemonThreads.create(this, "he-agent-log", DaemonThreads.printing()).start();
    } catch (RuntimeException | Error noThread) {
      // The next line tries again.
      manned.set(false);
    }
  }

  @Override
  public void run() {
    printer = Thread.currentThread();
    do {
      printAll();
      LockSupport.parkNanos(this, LINGER_NANOS);
    } while (!waiting.isEmpty());
    manned.set(false);
    if (!waiting.isEmpty()) {
      callPrinter();
    }
  }

  private void printAll() {
    printing = true;
    for (String line; (line = waiting.poll()) != null; ) {
      print(line);
    }
    printing = false;
    stuck = false;
  }

  /** Has what waits printed, and gives that a moment. Throws nothing. */
  void flush() {
    if (waiting.isEmpty() || Thread.currentThread() == printer) {
      return;
    }
    callPrinter();
    long end = System.nanoTime() + MOMENT_NANOS;
    while (!stuck && (printing || !waiting.isEmpty())) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        stuck = true;
      } else {
        LockSupport.parkNanos(this, LOOK_NANOS);
      }
    }
  }

  private static void print(String line) {
    try {
      PrintStream err = System.err;
      if (err != null) {
        err.println(line);
      }
    } catch (RuntimeException | Error ofTheProgram) {
      // A stream of the program's, in trouble: nothing is left to say it with.
    }
  }
}
