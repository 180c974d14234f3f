package io.heagent.it.stress;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Connects by name, one connect after another, and has most of them ended from outside. */
final class StressRacer {
  private static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.GOOD_FIRST,
          Scenario.DEAD_FIRST,
          Scenario.DEAD_FIRST,
          Scenario.REFUSED_FIRST,
          Scenario.DEAD_REFUSED_GOOD);

  /** Twice the delay that the test sets: a race is in every phase by then. */
  private static final int LATEST_MICROS = 22_000;

  /**
   * Timeouts in milliseconds: 1 ms may be over before a race begins, and the longest are never
   * reached.
   */
  private static final int[] LIMITS = {1, 4, 9, 11, 16, 22, 30_000, 30_000, 30_000, 30_000};

  private final StressProbe probe;
  private final int port;
  private final ScheduledThreadPoolExecutor enders;
  private final Random random = new Random(ThreadLocalRandom.current().nextLong());

  StressRacer(StressProbe probe, int port, ScheduledThreadPoolExecutor enders) {
    this.probe = probe;
    this.port = port;
    this.enders = enders;
  }

  void run() {
    while (probe.take()) {
      String host = SCENARIOS.get(random.nextInt(SCENARIOS.size())).host(Service.TALK);
      InetSocketAddress to =
          random.nextInt(8) == 0
              ? InetSocketAddress.createUnresolved(host, port)
              : new InetSocketAddress(host, port);
      int millis = LIMITS[random.nextInt(LIMITS.length)];
      try {
        connect(to, millis);
        probe.count("connected");
      } catch (IOException | RuntimeException e) {
        probe.count(e.getClass().getSimpleName());
        boolean unknown =
            e instanceof UnknownHostException || e instanceof UnresolvedAddressException;
        // One address always answers, so a failure is wrong if there was time for that address.
        boolean failed = e instanceof ConnectException && millis > LATEST_MICROS / 1000;
        if (unknown || failed) {
          probe.wrong("racer to " + host + ": " + e);
        }
      }
      // An interrupt that came after the end of its connect must not end the next one.
      Thread.interrupted();
    }
  }

  private void connect(InetSocketAddress to, int millis) throws IOException {
    switch (random.nextInt(3)) {
      case 0 -> {
        Socket socket = new Socket();
        // Has it make its descriptor. Closed while connect does that, the JDK 17's own Socket
        // leaves
        // it open until it is collected, with the agent and without.
        socket.setKeepAlive(false);
        ended(socket, () -> socket.connect(to, millis), socket);
      }
      case 1 -> {
        SocketChannel channel = SocketChannel.open();
        ended(channel, () -> channel.connect(to), channel.socket());
      }
      default -> {
        SocketChannel channel = SocketChannel.open();
        InetSocketAddress known = resolved(to);
        ended(channel, () -> channel.socket().connect(known, millis), channel.socket());
      }
    }
  }

  // See EndProbe: no unresolved addresses for adaptors.
  private static InetSocketAddress resolved(InetSocketAddress to) {
    return new InetSocketAddress(to.getHostString(), to.getPort());
  }

  private interface Connect {
    void run() throws IOException;
  }

  private void ended(Closeable object, Connect connect, Socket socket) throws IOException {
    Interrupt interrupt = new Interrupt(Thread.currentThread());
    Future<?> end = random.nextInt(3) == 0 ? null : schedule(object, interrupt);
    try (object) {
      connect.run();
      Identity identity = Identity.greet(socket);
      String wrong = identity.whatIsWrong(socket.getInetAddress().getHostAddress());
      if (wrong != null) {
        probe.wrong("racer " + wrong);
      }
    } finally {
      interrupt.tooLate();
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  private Future<?> schedule(Closeable object, Interrupt interrupt) {
    boolean interrupts = random.nextBoolean();
    return enders.schedule(
        () -> {
          if (interrupts) {
            interrupt.send();
          } else {
            object.close();
          }
          return null;
        },
        random.nextInt(LATEST_MICROS),
        TimeUnit.MICROSECONDS);
  }

  /**
   * Interrupts the thread during one connect and never after it. The JDK reads {@code
   * jdk.net.hosts.file} by an interruptible channel: an interrupt during the next look-up would
   * make the name unknown to all threads for 10 s.
   */
  private static final class Interrupt {
    private final Thread thread;
    private boolean tooLate;

    Interrupt(Thread thread) {
      this.thread = thread;
    }

    synchronized void send() {
      if (!tooLate) {
        thread.interrupt();
      }
    }

    synchronized void tooLate() {
      tooLate = true;
    }
  }
}
