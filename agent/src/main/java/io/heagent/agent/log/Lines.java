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
 * Lines that wait to be printed on stderr. {@code System.err} may be a stream of the program that
 * throws, waits for a lock, or connects. So once programs connect, no thread prints while it holds
 * a lock, or between the end of a race and the moment at which its program knows the outcome. A
 * daemon thread prints the lines instead; it ends a second after the last line. A thread whose
 * connect is over waits a moment for it, so that a program which ends after its connect loses no
 * line. A stream that blocks costs such a thread that moment once. If lines cannot be printed, they
 * are dropped beyond a limit.
 *
 * <p>No lock is held while printing.
 */
class Lines implements Runnable {

  static final int LIMIT = 1_000;

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Long enough to print a line, and too short for a program to notice. */
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(LIMIT);

  /** Whether a line is being printed. Written by the daemon thread. */
  private volatile boolean printing;

  /**
   * Whether a flush has waited in vain. Set by the thread that waited, reset by the daemon thread.
   */
  private volatile boolean stuck;

  /** Whether there is a daemon thread, or one is being started. */
  private final AtomicBoolean manned = new AtomicBoolean();

  /** The last daemon thread, which may have ended. Written by that thread itself. */
  private volatile Thread printer;

  /**
   * Made for the first line. Any thread writes it; if two make it at once, one line is not counted.
   */
  private volatile LineRate rate;

  /** Where lines go; null for stderr. Written by whoever sets the settings. */
  private volatile LogFile file;

  /** Null while lines are printed at once. */
  private volatile BooleanSupplier flushesLater;

  /**
   * From now on the daemon thread prints lines.
   *
   * @param here whether the calling thread will call {@link #flush}
   */
  void printLater(BooleanSupplier here) {
    flushesLater = here;
  }

  /** From now on lines go to this file; null for stderr. */
  void printTo(LogFile into) {
    file = into;
  }

  /** Prints a line, if there were not too many lately. */
  void sayInTime(String line) {
    long now = System.nanoTime();
    LineRate limit = rate;
    if (limit == null) {
      limit = new LineRate(now);
      rate = limit;
    }
    if (limit.admit(now)) {
      tellLeftOut(false);
      if (!say(line)) {
        limit.leaveOut(1);
      }
    }
  }

  /**
   * Tells how many lines were left out since it was told last, if any were. Never throws.
   *
   * @param atOnce whether the calling thread prints it itself
   */
  private void tellLeftOut(boolean atOnce) {
    LineRate limit = rate;
    long leftOut = limit == null ? 0 : limit.takeLeftOut();
    if (leftOut > 0 && !tell(leftOut, atOnce)) {
      limit.leaveOut(leftOut);
    }
  }

  private boolean tell(long leftOut, boolean atOnce) {
    try {
      String line = leftOut(leftOut);
      if (atOnce) {
        print(line);
      }
      return atOnce || say(line);
    } catch (RuntimeException | Error noMemory) {
      return false;
    }
  }

  /** The line that tells it; a test has this fail. */
  String leftOut(long lines) {
    return Log.line(lines + " lines were left out here, which came too fast");
  }

  /** From now on lines are printed at once, and the daemon thread ends after those that wait. */
  void printAtOnce() {
    flushesLater = null;
    LockSupport.unpark(printer);
  }

  /** Prints a line, or has it printed; returns false if too many wait already. */
  boolean say(String line) {
    BooleanSupplier here = flushesLater;
    if (here == null) {
      print(line);
      return true;
    }
    boolean waits = waiting.offer(line);
    if (waits && !here.getAsBoolean()) {
      callPrinter();
    }
    return waits;
  }

  private void callPrinter() {
    if (!manned.compareAndSet(false, true)) {
      LockSupport.unpark(printer);
      return;
    }
    try {
      DaemonThreads.create(this, "he-agent-log", DaemonThreads.printing()).start();
    } catch (RuntimeException | Error noThread) {
      // The next line tries to start a thread again.
      manned.set(false);
    }
  }

  @Override
  public void run() {
    printer = Thread.currentThread();
    try {
      do {
        printAll();
        if (flushesLater != null) {
          LockSupport.parkNanos(this, LINGER_NANOS);
        }
      } while (!waiting.isEmpty());
      // No line has come for a while, and there may be no next one to tell it before. The mark
      // comes
      // first, because drain waits for it: it finds nothing left out once the number is taken.
      printing = true;
      tellLeftOut(true);
    } finally {
      // Whatever has failed: otherwise no thread would be started any more.
      printing = false;
      manned.set(false);
    }
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

  /** Has the waiting lines printed, and waits a moment for that. Never throws. */
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

  /**
   * The same when the JVM ends: waits for a line that is being printed, too, and longer, because
   * nobody prints afterwards. Never throws.
   */
  void drain() {
    tellLeftOut(false);
    if (!waiting.isEmpty()) {
      callPrinter();
    }
    long end = System.nanoTime() + LINGER_NANOS;
    while ((printing || !waiting.isEmpty()) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  private void print(String line) {
    try {
      LogFile into = file;
      String left = into == null ? line : into.append(line);
      PrintStream err = System.err;
      if (err != null && left != null) {
        err.println(left);
      }
    } catch (RuntimeException | Error ofTheProgram) {
      // A stream of the program has failed, and there is no other place to report that.
    }
  }
}
