package io.heagent.it.lookup;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Look-ups that blocking connects wait for. Arguments: "crowd", the port and how many connect at
 * once, each to an unresolved name of its own; or "timeout", the port and an address, where every
 * look-up hangs.
 */
public final class BlockingLookupProbe {
  private static final int MILLIS = 300;
  private static final long WATCHDOG_MILLIS = 60_000;

  private BlockingLookupProbe() {}

  /** The name of one in the crowd. */
  public static String name(int number) {
    return "crowd-" + number + ".test";
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    if (args[0].equals("crowd")) {
      crowd(port, Integer.parseInt(args[2]));
    } else {
      timeouts(port, args[2]);
    }
    System.exit(0);
  }

  private static void crowd(int port, int count) throws InterruptedException {
    Map<String, Integer> outcomes = new TreeMap<>();
    CountDownLatch all = new CountDownLatch(count);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InetSocketAddress to = InetSocketAddress.createUnresolved(name(i), port);
      threads.add(
          Threads.PLATFORM.start(
              () -> {
                all.countDown();
                String outcome = outcome(all, to);
                synchronized (outcomes) {
                  outcomes.merge(outcome, 1, Integer::sum);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join(WATCHDOG_MILLIS);
    }
    synchronized (outcomes) {
      new Facts("crowd").put("outcomes", outcomes).print();
    }
  }

  private static String outcome(CountDownLatch all, InetSocketAddress to) {
    try (Socket socket = new Socket()) {
      all.await();
      socket.connect(to);
      return "connected";
    } catch (IOException | InterruptedException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static void timeouts(int port, String address) throws Exception {
    byte[] bytes = InetAddress.getByName(address).getAddress();
    InetSocketAddress given = new InetSocketAddress(InetAddress.getByAddress(name(0), bytes), port);
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved(name(0), port);
    for (Threads kind : Threads.possible()) {
      kind.run(() -> timeout(kind + " socket, unresolved", new Socket(), unresolved));
      kind.run(() -> timeout(kind + " socket, siblings", new Socket(), given));
      kind.run(() -> timeout(kind + " adaptor, siblings", adaptor(), given));
    }
  }

  private static Socket adaptor() {
    try {
      return SocketChannel.open().socket();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void timeout(String name, Socket socket, InetSocketAddress to) {
    Facts facts = new Facts(name);
    long start = System.nanoTime();
    try (socket) {
      socket.connect(to, MILLIS);
    } catch (IOException e) {
      Failure.note(facts, e);
    }
    long millis = (System.nanoTime() - start) / 1_000_000L;
    facts.put("waited", millis >= MILLIS).put("closed", socket.isClosed()).print();
  }
}
