package io.heagent.it.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several forked JVMs at the same time: each of them mostly waits. */
public final class Together {
  private Together() {}

  /** What each gave, in order. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T> List<T> run(Callable<T>... runs) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(runs.length);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(List.of(runs))) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
