package io.heagent.it.stress;

import io.heagent.it.lab.Descriptors;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connects and connects, from several threads, while others close, interrupt and time out, and
 * while neighbours with descriptors of their own look whether they are still who they were.
 * Arguments: the port, how many connects.
 */
public final class StressProbe {
  private static final int RACERS = 10;
  private static final int NEIGHBOURS = 2;
  private static final int WARM_UP = 50;

  private final int port;
  private final AtomicInteger left = new AtomicInteger();
  private final ScheduledThreadPoolExecutor enders = new ScheduledThreadPoolExecutor(2);
  private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  private StressProbe(int port) {
    this.port = port;
    enders.setRemoveOnCancelPolicy(true);
  }

  public static void main(String[] args) throws Exception {
    StressProbe probe = new StressProbe(Integer.parseInt(args[0]));
    probe.run(WARM_UP);
    int before = Descriptors.open();
    probe.outcomes.clear();
    probe.run(Integer.parseInt(args[1]));
    probe.enders.shutdownNow();
    Map<String, Integer> counts = new TreeMap<>();
    probe.outcomes.forEach((name, count) -> counts.put(name, count.get()));
    new Facts("stress")
        .put("connects", args[1])
        .put("outcomes", counts)
        .put("wrong", probe.wrong)
        .put("descriptors", Descriptors.backTo(before))
        .put("threads", Descriptors.threadsOfTheAgentInTheEnd())
        .print();
  }

  private void run(int connects) throws InterruptedException {
    left.set(connects);
    List<Thread> threads = new ArrayList<>();
    for (Threads kind : Threads.possible()) {
      for (int i = 0; i < RACERS; i++) {
        threads.add(kind.start(() -> new StressRacer(this, port, enders).run()));
      }
    }
    for (int i = 0; i < NEIGHBOURS; i++) {
      threads.add(Threads.PLATFORM.start(() -> new StressNeighbour(this, port).run()));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Takes one of the connects to do; false when all are done. */
  boolean take() {
    return left.decrementAndGet() >= 0;
  }

  boolean isOver() {
    return left.get() <= 0;
  }

  void count(String outcome) {
    outcomes.computeIfAbsent(outcome, o -> new AtomicInteger()).incrementAndGet();
  }

  /** Something that must never be; the first few are enough. */
  synchronized void wrong(String what) {
    if (wrong.size() < 10) {
      wrong.add(what);
    }
  }
}
