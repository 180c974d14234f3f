package io.heagent.testkit.jvm;

import java.io.IOException;
import java.time.Duration;

/** The two reasons to let time pass: a program that pauses, and a state that is looked for. */
public final class Waiting {
  private static final long LOOK_MILLIS = 50;

  private Waiting() {}

  /** A state that somebody waits for: true once it has come about. */
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** The pause of a program that does nothing for a while because such programs do so. */
  public static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** Looks until a state has come about; false if it has not in this time. */
  public static boolean until(Condition condition, Duration limit)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }
}
