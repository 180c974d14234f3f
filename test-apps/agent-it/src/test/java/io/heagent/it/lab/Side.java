package io.heagent.it.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Forked JVMs side by side: each of them mostly waits. */
public final class Side {
  private Side() {}

  /** What each gave, in order. */
  public static <T> List<T> bySide(List<Callable<T>> runs) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(runs)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What a probe has noted; it must have ended in order and said nothing else. */
  public static Map<String, Facts> facts(ForkedJvm jvm, Class<?> probe, Object... arguments)
      throws Exception {
    String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    ForkedJvm.Outcome outcome = jvm.run(probe, texts);
    // The agent advises against delays that only make tests short.
    String said = outcome.stderr().replaceAll("(?m)^.* is below the 100ms that RFC 8305 .*\\R", "");
    // And says after minutes, as it should, that the dead addresses of the lab are dead.
    said = said.replaceAll("(?m)^.* is broken from here: .*\\R", "");
    assertEquals("", said, outcome::stdout);
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    return Facts.parse(outcome.stdout());
  }
}
