package io.heagent.agent.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One look-up through the JDK (cache, hosts file, custom providers included) on a thread of ours: a
 * look-up in the system's resolver can hang for 15 s and cannot be interrupted, a connect that
 * waits for it must still be.
 */
final class Lookup implements Runnable {

  /** Beyond this many hanging look-ups, races go on without siblings. */
  private static final int MAX_THREADS = 64;

  private static final long IDLE_SECONDS = 10;

  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0,
          MAX_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> DaemonThreads.create(task, "he-agent-lookup"));

  private final String host;
  private final CountDownLatch done = new CountDownLatch(1);

  /** Written before the latch opens; empty where the name is not known. */
  private InetAddress[] addresses = {};

  private final Runnable whenDone;

  private Lookup(String host, Runnable whenDone) {
    this.host = host;
    this.whenDone = whenDone;
  }

  /**
   * Begins a look-up.
   *
   * @param whenDone run by the look-up's thread in the end
   * @return null if too many hang already; nothing is run then
   */
  static Lookup start(String host, Runnable whenDone) {
    Lookup lookup = new Lookup(host, whenDone);
    try {
      POOL.execute(lookup);
      return lookup;
    } catch (RejectedExecutionException saturated) {
      return null;
    }
  }

  @Override
  public void run() {
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException | SecurityException none) {
      // No addresses is the answer; where a program asked, the JDK gives the reason in its words.
      addresses = new InetAddress[0];
    } finally {
      done.countDown();
      whenDone.run();
    }
  }

  boolean isDone() {
    return done.getCount() == 0;
  }

  /** Waits; true if done. */
  boolean await(long nanos) throws InterruptedException {
    return done.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** What was found, in the JDK's order. Only once done. */
  InetAddress[] addresses() {
    return addresses;
  }
}
