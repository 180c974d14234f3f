package io.heagent.engine.host;

import io.heagent.engine.time.DaemonThreads;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that this host's addresses have changed, so that what was learnt on one network is not
 * used on another (RFC 8305, section 4). A connect for which history matters calls {@link #look};
 * the monitor then asks the kernel on a separate thread, because a host may have thousands of
 * interfaces.
 *
 * <p>Threads: any. {@link #run} is for the starter only.
 */
public class NetworkChangeMonitor implements Runnable {

  /** The time between two looks: a call of {@link #look} within it does nothing. */
  static final long REST_NANOS = 10_000_000_000L;

  /**
   * If no thread could be started for a look, a call of {@link #look} tries again after this time.
   */
  static final long RETRY_NANOS = 1_000_000_000L;

  private final String thread;
  private final Runnable whenChanged;
  private final Thread.UncaughtExceptionHandler faults;

  /** When the next look is due. Written by the caller that starts a look. */
  private final AtomicLong nextLook;

  /**
   * The value of {@link #addresses} at the last look; null before the first. Written by the thread
   * that looks.
   */
  private volatile Integer seen;

  /**
   * Monitors this host from now on.
   *
   * @param thread the name of the thread that looks
   * @param whenChanged run by that thread when the addresses differ from those at the last look; if
   *     it throws, it is run again at the next look
   * @param faults takes what {@code whenChanged} throws
   */
  public NetworkChangeMonitor(
      String thread, Runnable whenChanged, Thread.UncaughtExceptionHandler faults) {
    this(thread, whenChanged, faults, System.nanoTime());
  }

  /**
   * For tests, which override {@link #now}, {@link #start} and {@link #addresses}. These are
   * methods and not functions handed in, because a JVM's first race would load a class for each.
   *
   * @param now by their clock
   */
  NetworkChangeMonitor(
      String thread, Runnable whenChanged, Thread.UncaughtExceptionHandler faults, long now) {
    this.thread = thread;
    this.whenChanged = whenChanged;
    this.faults = faults;
    this.nextLook = new AtomicLong(now);
  }

  /** In nanoseconds, as {@link System#nanoTime}. */
  long now() {
    return System.nanoTime();
  }

  /** Runs a look on another thread. */
  void start(Runnable look) {
    DaemonThreads.create(look, thread, faults).start();
  }

  /**
   * Starts a look at the addresses on another thread, unless there was one within the last ten
   * seconds, and does not wait for it. If no thread can be started now, a later call tries again.
   * Never throws.
   */
  public final void look() {
    long due = nextLook.get();
    long now = now();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + REST_NANOS)) {
      try {
        start(this);
      } catch (RuntimeException | Error noThread) {
        // Not at the next call: the JVM prints a line each time a thread cannot be started.
        nextLook.set(now + RETRY_NANOS);
      }
    }
  }

  /** One look, on the thread that was started for it. */
  @Override
  public final void run() {
    try {
      int now = addresses();
      Integer before = seen;
      if (before != null && before != now) {
        whenChanged.run();
      }
      // Written last: if whenChanged has thrown, the next look sees the change again.
      seen = now;
    } catch (RuntimeException | Error unexpected) {
      faults.uncaughtException(Thread.currentThread(), unexpected);
    }
  }

  /**
   * A number made of the addresses that reach other networks, independent of their order. Loopback
   * and link-local addresses are left out, because the latter come and go with every container that
   * starts.
   */
  int addresses() {
    int sum = 0;
    try {
      Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
      while (interfaces.hasMoreElements()) {
        Enumeration<InetAddress> all = interfaces.nextElement().getInetAddresses();
        while (all.hasMoreElements()) {
          InetAddress address = all.nextElement();
          if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
            sum += address.hashCode() * 31;
          }
        }
      }
    } catch (SocketException none) {
      // While the system does not tell the addresses, the number stays the same and no change is
      // noticed.
      return 0;
    }
    return sum;
  }
}
