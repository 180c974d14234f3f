package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Connects to dead hosts with the shortest timeout there is, on more threads than there are cores,
 * so that it is often over before the connect has got anywhere. Argument: the port.
 */
public final class ShortTimeoutProbe {
  private static final int THREADS = 16;
  private static final int CONNECTS = 250;
  private static final long WATCHDOG_MILLIS = 20_000;

  private ShortTimeoutProbe() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress dead = Connector.address(Scenario.ALL_DEAD, Integer.parseInt(args[0]), true);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Threads kind : Threads.possible()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        BlockingWay way = i % 2 == 0 ? BlockingWay.SOCKET_TIMEOUT : BlockingWay.ADAPTOR;
        threads.add(kind.start(() -> connect(way, dead, outcomes)));
      }
      long until = System.nanoTime() + WATCHDOG_MILLIS * 1_000_000L;
      for (Thread thread : threads) {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000L));
        if (thread.isAlive()) {
          count(outcomes, "hangs");
        }
      }
    }
    new Facts("short").put("outcomes", outcomes).print();
    System.exit(0);
  }

  private static void connect(
      BlockingWay way, InetSocketAddress to, Map<String, Integer> outcomes) {
    for (int i = 0; i < CONNECTS; i++) {
      try (Conversation made = way.open(to.getHostString(), to.getPort(), 1)) {
        count(outcomes, "connected " + made);
      } catch (IOException e) {
        count(outcomes, e.getClass().getName());
      }
    }
  }

  private static void count(Map<String, Integer> outcomes, String what) {
    synchronized (outcomes) {
      outcomes.merge(what, 1, Integer::sum);
    }
  }
}
