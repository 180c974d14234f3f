package io.heagent.it.stress;

import io.heagent.it.lab.Facts;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens under attack; keeps what must not. */
final class Tally {
  private static final int MOST_KEPT = 5;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  void count(String what) {
    counts.computeIfAbsent(what, w -> new LongAdder()).increment();
  }

  void wrong(String what) {
    count("WRONG");
    if (wrong.size() < MOST_KEPT) {
      wrong.add(what);
    }
  }

  void note(Facts facts) {
    facts.put("counts", new TreeMap<>(counts)).put("wrong", wrong);
  }
}
