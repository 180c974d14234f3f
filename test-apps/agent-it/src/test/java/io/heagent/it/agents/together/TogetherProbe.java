package io.heagent.it.agents.together;

import io.heagent.it.agents.AllWaysProbe;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.Dial;
import io.heagent.testkit.jvm.beside.OwnBeanServerBuilder;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Argument: port. Does what {@link AllWaysProbe} does, connects on until the agent's MBean is
 * there, and tells whether the program has its own LogManager and MBeanServer, and what the MBean
 * says.
 */
public final class TogetherProbe {
  private static final long PAUSE_NANOS = 200_000_000L;
  private static final int MOST_CONNECTS = 100;

  private TogetherProbe() {}

  public static void main(String[] args) throws InterruptedException, JMException {
    AllWaysProbe.main(args);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.heagent:type=Agent");
    String host = Scenario.REFUSED_FIRST.host(Service.TALK);
    for (int i = 0; !server.isRegistered(name) && i < MOST_CONNECTS; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      Dial.outcome(new InetSocketAddress(host, Integer.parseInt(args[0])));
    }
    System.out.println(LogManager.getLogManager().getClass().getSimpleName());
    System.out.println((OwnBeanServerBuilder.count() > 0) + " OwnBeanServerBuilder");
    long won = number(server, name, "WonBySecond");
    System.out.println(won > 0 && won == number(server, name, "Races"));
    System.out.println("failed open " + number(server, name, "FailedOpen"));
  }

  private static long number(MBeanServer server, ObjectName name, String attribute)
      throws JMException {
    return (Long) server.getAttribute(name, attribute);
  }
}
