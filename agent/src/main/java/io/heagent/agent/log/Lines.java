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
 * under a lock or between the end of a race and its program's knowing of it: lines are printed by
 * the thread that connects once its connect is over, or by a daemon thread that is there for a
 * second after the last line. Lines that nobody prints, because stderr blocks, are lost at a limit.
 *
 * <p>No lock is held while printing; of two threads that print, one leaves all to the other.
 */
final class Lines implements Runnable {

  static final int LIMIT = 1_000;

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(LIMIT);

  /** Held by who prints. */
  private final AtomicBoolean printing = new AtomicBoolean();

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
      DaemonThreads.create(this, "he-agent-log", DaemonThreads.PRINTING).start();
    } catch (RuntimeException | Error noThread) {
      // The next line tries again.
      manned.set(false);
    }
  }

  @Override
  public void run() {
    printer = Thread.currentThread();
    do {
      flush();
      LockSupport.parkNanos(this, LINGER_NANOS);
    } while (!waiting.isEmpty());
    manned.set(false);
    if (!waiting.isEmpty()) {
      callPrinter();
    }
  }

  /** Prints what waits, unless another thread is at it. Throws nothing. */
  void flush() {
    while (!waiting.isEmpty() && printing.compareAndSet(false, true)) {
      try {
        for (String line; (line = waiting.poll()) != null; ) {
          print(line);
        }
      } finally {
        printing.set(false);
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
