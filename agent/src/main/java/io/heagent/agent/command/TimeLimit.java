package io.heagent.agent.command;

import io.heagent.engine.time.DaemonThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The time that one command has. A JVM that is stopped takes connections and never answers, and the
 * JDK waits for it without a limit; so each step runs on a thread of its own, which is left behind
 * when the time is over. One thread at a time.
 */
final class TimeLimit {

  /** Of the JDK: the milliseconds for which it waits for a JVM to let itself be attached to. */
  static final String PROPERTY = "sun.tools.attach.attachTimeout";

  /** A detach may take ten seconds, and a JVM may be busy collecting its garbage. */
  private static final long DEFAULT_MILLIS = 30_000;

  private final long millis;
  private final long begin = System.nanoTime();

  TimeLimit(long millis) {
    this.millis = millis;
  }

  /** The limit that a person has set, or 30 seconds. */
  static TimeLimit ofThisProcess() {
    long given = Long.getLong(PROPERTY, 0);
    return new TimeLimit(given > 0 ? given : DEFAULT_MILLIS);
  }

  /**
   * Runs a step of the command.
   *
   * @throws CannotAsk if it has not come to its end when the time is over
   * @throws ExecutionException with the failure of the step
   */
  <T> T run(Callable<T> step) throws CannotAsk, ExecutionException {
    FutureTask<T> task = new FutureTask<>(step);
    DaemonThreads.create(task, "he-agent-ask", DaemonThreads.printing()).start();
    long left = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - begin);
    try {
      return task.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new CannotAsk(
          "has not answered within "
              + millis
              + " ms, maybe it is stopped; when it goes on, status tells what has come of this");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotAsk("was not waited for", interrupted);
    }
  }
}
