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
 * thread waits for it. If it fails, the agent still answers, and another detach goes on with it.
 *
 * <p>One thread at a time: that of the command, then the waiting one.
 */
class Detachment implements Runnable {

  /** How long a command waits for races under way. */
  static final long PATIENCE_MILLIS = 5_000;

  /**
   * After this time a channel that is still racing, or a key that no selector has looked at, is one
   * that the program has probably forgotten: the system gives a connect up after some two minutes.
   * A thread inside a connect is waited for as long as it takes.
   */
  static final long FORGOTTEN_MILLIS = 300_000;

  /**
   * How long to wait for selects that have been woken. They return at once, unless their threads
   * are busy in the program.
   */
  private static final long SELECTS_MILLIS = 3_000;

  private static final long THREADS_MILLIS = 3_000;
  private static final long STEP_MILLIS = 5;

  private static final String HOOKS_GO = "the hooks go when the connects under way have ended";

  private final Agent agent;
  private final Leaving classes;

  /** What leaves; in a JVM it is {@link Steered}. */
  interface Agent {

    /** See {@link Steering#leave}. */
    boolean leave();

    /** See {@link Steering#leaveLater}. */
    void leaveLater();

    /** See {@link Steering#isQuiet}. */
    boolean isQuiet();

    /** See {@link Steering#isConnecting}. */
    boolean isConnecting();

    /** See {@link SelectionOperation#endAll}. */
    boolean endSelects();

    /** See {@link Steering#end}. */
    void end();

    /** See {@link Steering#forget}. */
    void forget();
  }

  /** The agent of this JVM. */
  private record Steered(Steering steering) implements Agent {
    @Override
    public boolean leave() {
      return steering.leave();
    }

    @Override
    public void leaveLater() {
      steering.leaveLater();
    }

    @Override
    public boolean isQuiet() {
      return steering.isQuiet();
    }

    @Override
    public boolean isConnecting() {
      return steering.isConnecting();
    }

    @Override
    public boolean endSelects() {
      return SelectionOperation.endAll();
    }

    @Override
    public void end() {
      steering.end();
    }

    @Override
    public void forget() {
      steering.forget();
    }
  }

  Detachment(Steering steering, Leaving classes) {
    this(new Steered(steering), classes);
  }

  /** For tests, which override the methods below that take time. */
  Detachment(Agent agent, Leaving classes) {
    this.agent = agent;
    this.classes = classes;
  }

  /** Lets a while pass. */
  void pause(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  /** Has a thread of its own wait. */
  void start(Runnable waiting) {
    DaemonThreads.create(waiting, "he-agent-detach", Faults.OF_THREADS).start();
  }

  /** The name of one of the agent's threads beside this one; null if there is none. */
  String otherThread() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads, true);
    for (int i = 0; i < count; i++) {
      boolean ours = threads[i].getName().startsWith("he-agent-");
      if (ours && threads[i] != Thread.currentThread()) {
        return threads[i].getName();
      }
    }
    return null;
  }

  /** Has the agent leave. The answer says whether it has left, or only begun to. */
  Answer leave() throws InterruptedException {
    if (!agent.leave()) {
      return Answer.refused(Steering.LEAVING + " already: " + HOOKS_GO);
    }
    boolean isTakenOn = false;
    try {
      Answer answer;
      if (awaitQuiet(PATIENCE_MILLIS)) {
        answer = Answer.done(finish());
      } else {
        // Made first: if this failed once the thread runs, another detach would work beside it.
        answer = Answer.done("nothing is raced from now on; " + HOOKS_GO);
        start(this);
      }
      isTakenOn = true;
      return answer;
    } finally {
      if (!isTakenOn) {
        agent.leaveLater();
      }
    }
  }

  @Override
  public void run() {
    boolean isDone = false;
    try {
      awaitQuiet(Long.MAX_VALUE);
      finish();
      isDone = true;
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      if (!isDone) {
        agent.leaveLater();
      }
    }
  }

  private boolean awaitQuiet(long millis) throws InterruptedException {
    for (long waited = 0; !isQuiet(waited); waited += STEP_MILLIS) {
      if (waited >= millis) {
        return false;
      }
      pause(STEP_MILLIS);
    }
    return true;
  }

  private boolean isQuiet(long waited) {
    return !agent.isConnecting()
        && (waited >= FORGOTTEN_MILLIS || (agent.isQuiet() && classes.isQuiet()));
  }

  /** Called when nothing is under way. */
  private String finish() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    if (!awaitSelects()) {
      tell(
          "a select of the program has not returned; until then it keeps objects of the agent",
          lines);
    }
    classes.stopWeaving();
    agent.end();
    Map<String, Throwable> refused = new TreeMap<>(classes.restore());
    for (Map.Entry<String, Throwable> one : refused.entrySet()) {
      tell(
          one.getKey()
              + " cannot go back to what it was in this JVM ("
              + one.getValue()
              + "); its hooks stay and do nothing",
          lines);
    }
    Log.info("detached");
    Log.printAtOnce();
    String thread = awaitThreads();
    // Another agent may come from now on, and finds what it expects. It need not wait for the line
    // below, which this thread prints itself: a stream of the program may block.
    agent.forget();
    if (thread != null) {
      tell("the thread " + thread + " has not ended yet; it does nothing to connects", lines);
    }
    lines.add(
        refused.isEmpty()
            ? "detached: nothing is raced, and the JDK's classes are what they were"
            : "detached: nothing is raced, and all other classes are what they were");
    return String.join("\n", lines);
  }

  /** Tells whoever reads the log, and whoever waits for the command. */
  private static void tell(String line, List<String> lines) {
    Log.warn(line);
    lines.add(line);
  }

  private boolean awaitSelects() throws InterruptedException {
    for (long left = SELECTS_MILLIS; !agent.endSelects(); left -= STEP_MILLIS) {
      if (left <= 0) {
        return false;
      }
      pause(STEP_MILLIS);
    }
    return true;
  }

  /**
   * Waits a moment for the agent's threads, which have nothing to do any more.
   *
   * @return one that has not ended; null if all have
   */
  private String awaitThreads() throws InterruptedException {
    String thread = otherThread();
    for (long left = THREADS_MILLIS; thread != null && left > 0; left -= STEP_MILLIS) {
      pause(STEP_MILLIS);
      thread = otherThread();
    }
    return thread;
  }
}
