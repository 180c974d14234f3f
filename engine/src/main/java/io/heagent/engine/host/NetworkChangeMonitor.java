package io.heagent.engine.host;

import io.heagent.engine.time.DaemonThreads;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Notices that this host's addresses have changed, so that what was learnt on one network is not
 * used on another (RFC 8305, section 4). Connects that history matters to ask it to {@link #look};
 * it asks the kernel on a thread of its own, because a host may have thousands of interfaces.
 *
 * <p>Threads: any.
 */
public final class NetworkChangeMonitor implements Runnable {

  /** The first call of {@link #look} this long after the last look notices a change. */
  static final long REST_NANOS = 10_000_000_000L;

  /**
   * Where no thread could be started for a look, the next call this long after that tries again.
   */
  static final long RETRY_NANOS = 1_000_000_000L;

  private final Runnable whenChanged;
  private final IntSupplier addresses;

  /** Runs a look on another thread. */
  private final Consumer<Runnable> starter;

  /** As {@link System#nanoTime}. */
  private final LongSupplier clock;

  private final Thread.UncaughtExceptionHandler faults;
  private final AtomicLong nextLook;

  /** What the last look has seen. Written by the thread that looks. */
  private volatile Integer seen;

  /**
   * Of this host.
   *
   * @param thread the name of the thread that looks
   * @param whenChanged run by that thread when the addresses are others than at the last look;
   *     again at the next look if it throws
   * @param faults takes what it throws
   */
  public NetworkChangeMonitor(
      String thread, Runnable whenChanged, Thread.UncaughtExceptionHandler faults) {
    this(
        whenChanged,
        NetworkChangeMonitor::localAddresses,
        look -> DaemonThreads.create(look, thread, faults).start(),
        System::nanoTime,
        faults);
  }

  /**
   * Of any host, on any clock.
   *
   * @param addresses a number that changes with the addresses
   * @param starter runs a look on another thread
   * @param clock in nanoseconds, as {@link System#nanoTime}
   */
  public NetworkChangeMonitor(
      Runnable whenChanged,
      IntSupplier addresses,
      Consumer<Runnable> starter,
      LongSupplier clock,
      Thread.UncaughtExceptionHandler faults) {
    this.whenChanged = whenChanged;
    this.addresses = addresses;
    this.starter = starter;
    this.clock = clock;
    this.faults = faults;
    this.nextLook = new AtomicLong(clock.getAsLong());
  }

  /**
   * Has a thread look at the addresses, if none has for ten seconds, and does not wait for it.
   * Where no thread can be started now, a later call tries again. Throws nothing.
   */
  public void look() {
    long due = nextLook.get();
    long now = clock.getAsLong();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + REST_NANOS)) {
      try {
        starter.accept(this);
      } catch (RuntimeException | Error noThread) {
        // Not at once: the JVM prints a line for each thread that cannot be started.
        nextLook.set(now + RETRY_NANOS);
      }
    }
  }

  /** One look, on the thread that was started for it. */
  @Override
  public void run() {
    try {
      int now = addresses.getAsInt();
      Integer before = seen;
      if (before != null && before != now) {
        whenChanged.run();
      }
      // Not before: where that has thrown, the next look is to see the change again.
      seen = now;
    } catch (RuntimeException | Error unexpected) {
      faults.uncaughtException(Thread.currentThread(), unexpected);
    }
  }

  /**
   * The addresses by which other networks are reached, in any order. Those of this link only come
   * and go with every container that starts.
   */
  private static int localAddresses() {
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
      // The same number each time, as long as the system does not say: no change is noticed.
      return 0;
    }
    return sum;
  }
}
