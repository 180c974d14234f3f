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
public final class BeanRegistration implements Runnable {

  private static final String NAME = "io.heagent:type=Agent";

  /** Which server is the platform's: it has this MBean. */
  private static final String OF_PLATFORM = "java.lang:type=Runtime";

  private final Statistics statistics;
  private final Controls controls;

  /** Whether the MBean is registered. Written by the thread that registers it. */
  private volatile boolean done;

  public BeanRegistration(Statistics statistics, Controls controls) {
    this.statistics = statistics;
    this.controls = controls;
  }

  /**
   * Has the MBean registered, if there is a server for it by now. Asking for the servers neither
   * makes one nor logs anything.
   *
   * @return whether it is registered
   */
  public boolean look() {
    if (!done && !MBeanServerFactory.findMBeanServer(null).isEmpty()) {
      DaemonThreads.create(this, "he-agent-jmx", Faults.OF_THREADS).start();
    }
    return done;
  }

  /** The agent leaves this JVM: takes the MBean away. */
  public void end() {
    try {
      ObjectName name = new ObjectName(NAME);
      for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
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
      List<MBeanServer> servers = MBeanServerFactory.findMBeanServer(null);
      for (MBeanServer server : servers) {
        if (server.isRegistered(ofPlatform)) {
          if (server.isRegistered(name)) {
            server.unregisterMBean(name); // Of an agent that was detached.
          }
          server.registerMBean(
              new StandardMBean(new AgentBean(statistics, controls), AgentMXBean.class, true),
              name);
          done = true;
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
