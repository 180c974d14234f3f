package io.heagent.it.stress;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.Crowd;
import io.heagent.testkit.net.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.Security;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Very many connects, each on one thread, registered on another while the race ends, and selected
 * on a third. Argument: how many. Each must come to its one event, by which it is connected.
 */
public final class RegisterProbe {
  /** How many connect at once. Those with a dead first address take one delay each. */
  private static final int WINDOW = 64;

  private static final int MOST_FAILURES = 5;

  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_SPINS = 3_000;

  /**
   * After how many connects the names are asked for again, and for how long the JDK keeps their
   * answers. The agent forgets an answer after 30 s, and a refused race waits for a look-up of its
   * own no longer than 60 ms with these settings; on a busy machine the first one took longer, so
   * that the refusal was handed on, as it must be.
   */
  private static final int SAME_ANSWER = 1_000;

  private static final String KEPT_SECONDS = "5";

  private final Crowd crowd;
  private final int port;
  private final Selector selector = Selector.open();
  private final Semaphore window = new Semaphore(WINDOW);
  private final ConcurrentLinkedQueue<SocketChannel> begun = new ConcurrentLinkedQueue<>();

  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger falselyTold = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** The first failures, in words. */
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  private volatile boolean over;

  private RegisterProbe(int port) throws IOException {
    crowd = new Crowd(Hosts.GOOD, port);
    this.port = port;
  }

  private InetSocketAddress[] names() {
    return new InetSocketAddress[] {
      ChannelScenario.REFUSED_FIRST.address(port), ChannelScenario.DEAD_FIRST.address(port)
    };
  }

  public static void main(String[] args) throws Exception {
    Security.setProperty("networkaddress.cache.ttl", KEPT_SECONDS);
    int count = Integer.parseInt(args[0]);
    int port = FreePort.on(Hosts.DEAD, Hosts.GOOD, Hosts.REFUSED);
    try (BlackHole dead = BlackHole.on(Hosts.DEAD, port)) {
      new RegisterProbe(dead.port()).run(count);
    }
  }

  private void run(int count) throws Exception {
    Thread registering = new Thread(this::register, "registering");
    Thread selecting = new Thread(this::select, "selecting");
    registering.start();
    selecting.start();
    InetSocketAddress[] names = names();
    for (int i = 0; i < count; i++) {
      window.acquire();
      if (i % SAME_ANSWER == 0) {
        names = names();
      }
      SocketChannel channel = Racing.channel();
      channel.connect(names[i % names.length]);
      begun.add(channel);
    }
    window.acquire(WINDOW);
    over = true;
    registering.join();
    selecting.join();
    crowd.close();
    new Facts("registered")
        .put("connected", connected)
        .put("lost", lost)
        .put("false", falselyTold)
        .put("failed", failed)
        .put("failures", failures)
        .print();
  }

  private void register() {
    Random random = new Random(1);
    while (!over) {
      SocketChannel channel = begun.poll();
      if (channel == null) {
        Thread.onSpinWait();
        continue;
      }
      for (int i = random.nextInt(MOST_SPINS); i > 0; i--) {
        Thread.onSpinWait();
      }
      try {
        channel.register(selector, SelectionKey.OP_CONNECT, System.nanoTime() + LOST_NANOS);
      } catch (IOException e) {
        failed(e);
        window.release();
      }
    }
  }

  private void failed(IOException e) {
    if (failed.incrementAndGet() <= MOST_FAILURES) {
      failures.add(e.toString());
    }
  }

  private void select() {
    long nextLook = 0;
    while (!over) {
      try {
        // Not woken for a new key: it is looked at within a millisecond, or by chance at once.
        selector.select(this::finish, 1);
        if (System.nanoTime() > nextLook) {
          nextLook = System.nanoTime() + LOST_NANOS / 10;
          selector.keys().forEach(this::closeIfLost);
        }
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  private void finish(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (!channel.finishConnect()) {
        falselyTold.incrementAndGet();
        return;
      }
      connected.incrementAndGet();
      // Without a TIME-WAIT, of which there would be too many.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      failed(e);
    }
    end(channel);
  }

  private void closeIfLost(SelectionKey key) {
    if (key.isValid() && System.nanoTime() > (Long) key.attachment()) {
      lost.incrementAndGet();
      end((SocketChannel) key.channel());
    }
  }

  private void end(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      failed(e);
    }
    window.release();
  }
}
