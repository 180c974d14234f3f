package io.heagent.agent.control;

import io.heagent.agent.connect.Steering;
import io.heagent.agent.connect.selection.SelectionOperation;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.engine.time.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The agent leaves the JVM. No race begins any more; those under way go on to their ends, with
 * their hooks. When nothing is under way, the hooks are switched off, the JDK's classes go back to
 * what they were, and the agent's threads end. If that takes longer than a command should wait, a
 * thread waits for it.
 *
 * <p>One thread at a time: that of the command, then the waiting one.
 */
final class Detachment implements Runnable {

  /** How long a command waits for races under way. */
  private static final long PATIENCE_MILLIS = 5_000;

  /**
   * How long to wait for selects that have been woken. They return at once, unless their threads
   * are busy in the program.
   */
  private static final long SELECTS_MILLIS = 1_000;

  private static final long THREADS_MILLIS = 3_000;
  private static final long STEP_MILLIS = 5;

  private static final String HOOKS_GO = "the hooks go when the connects under way have ended";

  private final Steering steering;
  private final Leaving classes;

  Detachment(Steering steering, Leaving classes) {
    this.steering = steering;
    this.classes = classes;
  }

  /** Has the agent leave. The answer says whether it has left, or only begun to. */
  Answer leave() throws InterruptedException {
    if (!steering.leave()) {
      return Answer.refused(Steering.LEAVING + " already: " + HOOKS_GO);
    }
    if (awaitQuiet(PATIENCE_MILLIS)) {
      return Answer.done(finish());
    }
    DaemonThreads.create(this, "he-agent-detach", Faults.OF_THREADS).start();
    return Answer.done("nothing is raced from now on; " + HOOKS_GO);
  }

  @Override
  public void run() {
    try {
      awaitQuiet(Long.MAX_VALUE);
      finish();
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitQuiet(long millis) throws InterruptedException {
    long left = millis;
    while (!steering.isQuiet() || !classes.isQuiet()) {
      if (left <= 0) {
        return false;
      }
      Thread.sleep(STEP_MILLIS);
      left -= STEP_MILLIS;
    }
    return true;
  }

  /** Called when nothing is under way. */
  private String finish() throws InterruptedException {
    for (long left = SELECTS_MILLIS;
        left > 0 && !SelectionOperation.endAll();
        left -= STEP_MILLIS) {
      Thread.sleep(STEP_MILLIS);
    }
    classes.stopWeaving();
    steering.end();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Throwable> refused : new TreeMap<>(classes.restore()).entrySet()) {
      String line =
          refused.getKey()
              + " cannot go back to what it was in this JVM ("
              + refused.getValue()
              + "); its hooks stay and do nothing";
      Log.warn(line);
      lines.add(line);
    }
    Log.info("detached");
    Log.printAtOnce();
    awaitThreads();
    lines.add(
        lines.isEmpty()
            ? "detached: nothing is raced, and the JDK's classes are what they were"
            : "detached: nothing is raced, and all other classes are what they were");
    return String.join("\n", lines);
  }

  /** Waits a moment for the agent's threads, which have nothing to do any more. */
  private static void awaitThreads() throws InterruptedException {
    for (long left = THREADS_MILLIS; left > 0 && isAnyThread(); left -= STEP_MILLIS) {
      Thread.sleep(STEP_MILLIS);
    }
  }

  private static boolean isAnyThread() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads, true);
    for (int i = 0; i < count; i++) {
      boolean ours = threads[i].getName().startsWith("he-agent-");
      if (ours && threads[i] != Thread.currentThread()) {
        return true;
      }
    }
    return false;
  }
}
