package io.heagent.agent.observe.jmx;

import io.heagent.agent.log.Faults;
import io.heagent.agent.observe.Controls;
import io.heagent.agent.observe.Statistics;
import io.heagent.engine.time.DaemonThreads;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Registers the MBean once the program, or somebody who watches it, has made the platform's
 * MBeanServer. Never makes one: that would choose the program's MBeanServerBuilder, and could make
 * its LogManager, before the program does.
 *
 * <p>Any thread may call {@link #look}; the observer sees to it that one does at a time. To
 * register runs code of the program's server, so a thread of its own does that.
 */
public class BeanRegistration implements Runnable {

  private static final String NAME = "io.heagent:type=Agent";

  /** Which server is the platform's: it has this MBean. */
  private static final String OF_PLATFORM = "java.lang:type=Runtime";

  private final Statistics statistics;
  private final Controls controls;

  /** Where a program has only servers of its own, this many looks pass at most without a try. */
  private static final int MOST_REST = 64;

  /** Whether the MBean is registered. Written by the thread that registers it. */
  private volatile boolean done;

  /** Whether the agent has left. Set once, by the thread that has it leave. */
  private volatile boolean ended;

  /** How many servers there were at the last look. */
  private int servers;

  /** How many looks are to pass before the next try, and before the one after it. */
  private int left;

  private int rest;

  public BeanRegistration(Statistics statistics, Controls controls) {
    this.statistics = statistics;
    this.controls = controls;
  }

  /** The servers of this JVM. Asking for them neither makes one nor logs anything. */
  List<MBeanServer> servers() {
    return MBeanServerFactory.findMBeanServer(null);
  }

  /** Has a thread of its own register the MBean. */
  void start(Runnable registering) {
    DaemonThreads.create(registering, "he-agent-jmx", Faults.OF_THREADS).start();
  }

  /**
   * Has the MBean registered, if there is a server for it by now. Only a thread of its own can tell
   * whether a server is the platform's; while none is, that thread is started less and less often,
   * and at once when the program has made another server.
   *
   * @return whether it is registered
   */
  public boolean look() {
    if (!done && !ended && isDue(servers().size())) {
      start(this);
    }
    return done;
  }

  private boolean isDue(int now) {
    if (now != servers) {
      servers = now;
      left = 0;
      rest = 0;
    }
    if (now == 0 || left-- > 0) {
      return false;
    }
    left = rest;
    rest = Math.min(MOST_REST, 2 * rest + 1);
    return true;
  }

  /** The agent leaves this JVM: takes the MBean away, or has whoever registers it do that. */
  public void end() {
    ended = true;
    remove();
  }

  private void remove() {
    try {
      ObjectName name = new ObjectName(NAME);
      for (MBeanServer server : servers()) {
        if (server.isRegistered(name)) {
          server.unregisterMBean(name);
        }
      }
    } catch (JMException | RuntimeException refused) {
      Faults.ignored(refused);
    }
  }

  @Override
  public void run() {
    try {
      ObjectName ofPlatform = new ObjectName(OF_PLATFORM);
      ObjectName name = new ObjectName(NAME);
      for (MBeanServer server : servers()) {
        if (server.isRegistered(ofPlatform)) {
          if (server.isRegistered(name)) {
            server.unregisterMBean(name); // Of an agent that was detached.
          }
          server.registerMBean(
              new StandardMBean(new AgentBean(statistics, controls), AgentMXBean.class, true),
              name);
          done = true;
          if (ended) {
            remove(); // The agent has left meanwhile.
          }
          return;
        }
      }
    } catch (JMException | RuntimeException refused) {
      // The program's server does not want it. It is not asked again.
      Faults.ignored(refused);
      done = true;
    }
  }
}
