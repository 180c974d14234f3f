package io.heagent.agent.connect.watch;

import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.agent.observe.ObservedHosts;
import io.heagent.engine.order.DialOrder;
import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches connects, and reports at the end of the JVM what it has seen. Made for the first connect
 * that is watched. Any thread.
 */
public final class Watcher implements Runnable {

  private final Scheduler time;
  private final Thread report = DaemonThreads.create(this, "he-agent-report", Faults.OF_THREADS);
  private final ObservedHosts observed = new ObservedHosts();

  /** Set once, by the thread that has the agent leave. */
  private volatile boolean ended;

  /** The connects whose end is not noted yet. Any thread adds and removes. */
  private final Set<WatchedConnect> pending = ConcurrentHashMap.newKeySet();

  /**
   * A watcher that has watched nothing yet.
   *
   * @param time runs the looks at channels
   */
  public Watcher(Scheduler time) {
    this.time = time;
    try {
      Runtime.getRuntime().addShutdownHook(report);
    } catch (IllegalStateException ending) {
      // The JVM ends already, and there is nothing to report.
      Faults.ignored(ending);
    }
  }

  /**
   * Called when a connect begins that is only watched.
   *
   * @param delayNanos the time after which a race would dial another address
   */
  public WatchedConnect watch(
      ProgramSocket socket, InetSocketAddress target, String host, long delayNanos) {
    long delay = DialOrder.finite(delayNanos);
    return new WatchedConnect(socket, target, host, delay, this, time);
  }

  /** Called when the end of a connect has been noted, or is still to be noted. */
  void isPending(WatchedConnect connect, boolean isPending) {
    if (isPending) {
      pending.add(connect);
    } else {
      pending.remove(connect);
    }
  }

  /** Whether the agent has left this JVM, and no connect is looked at again. */
  boolean hasEnded() {
    return ended;
  }

  /**
   * The agent leaves this JVM: reports what it has seen, looks at no connect again, and reports
   * nothing at the JVM's end.
   */
  public void end() {
    ended = true;
    try {
      if (Runtime.getRuntime().removeShutdownHook(report)) {
        run();
      }
    } catch (IllegalStateException ending) {
      // The JVM ends already, and the report is under way.
      Faults.ignored(ending);
    }
  }

  /** What was seen. */
  public ObservedHosts observed() {
    return observed;
  }

  /** The JVM ends. */
  @Override
  public void run() {
    for (WatchedConnect connect : pending) {
      connect.run();
    }
    String summary = observed.summary();
    if (summary != null) {
      Log.warn(summary);
      for (String line : observed.perHost()) {
        Log.info(line);
      }
      Log.drain();
    }
  }
}
