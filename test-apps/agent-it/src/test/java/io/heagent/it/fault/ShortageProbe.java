package io.heagent.it.fault;

import io.heagent.it.fault.FaultMatrixProbe.Sort;
import io.heagent.it.lab.Facts;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Takes all threads that this process may have, connects, gives them back and connects again.
 * Arguments: the port and the kind of connect.
 */
public final class ShortageProbe {
  private static final int MOST_THREADS = 2_000;
  private static final int PATIENCE_MILLIS = 300;
  private static final int LONG_MILLIS = 20_000;

  private static final CountDownLatch OVER = new CountDownLatch(1);

  private ShortageProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    FaultKind kind = FaultKind.valueOf(args[1].toUpperCase(Locale.ROOT));
    // What the JDK itself needs threads for is there before: groups, pollers, classes.
    connect(kind, Sort.GOOD_FIRST, 0, port, LONG_MILLIS);
    List<Thread> all = takeAll();
    Facts facts = new Facts("shortage").put("full", all.size() < MOST_THREADS);
    for (Sort sort : Sort.values()) {
      facts.put(sort.name(), connect(kind, sort, 1, port, PATIENCE_MILLIS));
    }
    OVER.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    facts.put("next", connect(kind, Sort.REFUSED_FIRST, 2, port, LONG_MILLIS));
    facts.put("next, dead", connect(kind, Sort.DEAD_FIRST, 2, port, LONG_MILLIS));
    facts.print();
  }

  private static List<Thread> takeAll() {
    List<Thread> all = new ArrayList<>();
    try {
      while (all.size() < MOST_THREADS) {
        Thread thread = new Thread(ShortageProbe::waitForTheEnd);
        thread.setDaemon(true);
        thread.start();
        all.add(thread);
      }
    } catch (OutOfMemoryError full) {
      return all;
    }
    return all;
  }

  private static void waitForTheEnd() {
    try {
      OVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String connect(FaultKind kind, Sort sort, int number, int port, int millis) {
    String host = sort.host(number);
    try {
      return kind.connect(
          sort == Sort.UNRESOLVED
              ? InetSocketAddress.createUnresolved(host, port)
              : new InetSocketAddress(host, port),
          millis);
    } catch (Exception | Error e) {
      return e.getClass().getName();
    }
  }
}
