package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
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
 * used on another (RFC 8305, section 4). Asked by connects that history matters to; the kernel is
 * asked on a thread of its own, because a host may have thousands of interfaces.
 */
final class NetworkWatch implements Runnable {

  /** A change is noticed by the first such connect this long after the last look. */
  static final long REST_NANOS = 10_000_000_000L;

  static final long RETRY_NANOS = 1_000_000_000L;

  private final Runnable whenChanged;
  private final IntSupplier addresses;

  /** Runs a look on another thread. */
  private final Consumer<Runnable> starter;

  /** As {@link System#nanoTime}. */
  private final LongSupplier clock;

  private final AtomicLong nextLook;

  /** What the last look has seen. Written by the thread that looks. */
  private volatile Integer seen;

  NetworkWatch(Runnable whenChanged) {
    this(whenChanged, NetworkWatch::localAddresses, NetworkWatch::start, System::nanoTime);
  }

  /**
   * @param addresses a number that changes with the addresses
   */
  NetworkWatch(
      Runnable whenChanged, IntSupplier addresses, Consumer<Runnable> starter, LongSupplier clock) {
    this.whenChanged = whenChanged;
    this.addresses = addresses;
    this.starter = starter;
    this.clock = clock;
    this.nextLook = new AtomicLong(clock.getAsLong());
  }

  /**
   * Has somebody look, if nobody has for a while. Does not wait for it. Where there is no thread to
   * be had now, a later call tries again.
   */
  void look() {
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

  private static void start(Runnable look) {
    DaemonThreads.create(look, "he-agent-network", Faults.OF_THREADS).start();
  }

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
      Faults.unexpected(unexpected);
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
      // The same number each time, as long as the system does not say.
      Faults.ignored(none);
    }
    return sum;
  }
}
