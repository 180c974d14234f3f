package io.heagent.probes;

import java.lang.management.ManagementFactory;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;

/**
 * A program that brings its own log manager and MBean server, as application servers do: they are
 * only taken if nobody has made the JDK's own before main. Argument: the port.
 */
public final class EnvironmentProbe {
  private EnvironmentProbe() {}

  /** The program's own log manager. */
  public static final class OwnLogManager extends LogManager {}

  /** The program's own MBean server builder. */
  public static final class OwnServerBuilder extends MBeanServerBuilder {
    private static boolean used;

    @Override
    public MBeanServer newMBeanServer(
        String domain, MBeanServer outer, MBeanServerDelegate delegate) {
      used = true;
      return super.newMBeanServer(domain, outer, delegate);
    }
  }

  public static void main(String[] args) {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    System.setProperty("javax.management.builder.initial", OwnServerBuilder.class.getName());
    Facts facts = HelloProbe.hello(Integer.parseInt(args[0]), MatrixProbe.PATIENT_MILLIS);
    Logger.getGlobal().fine("now the log manager is made");
    facts.put("logManager", LogManager.getLogManager().getClass().getSimpleName());
    facts.put("servers", ManagementFactory.getPlatformMBeanServer().getMBeanCount() > 0);
    facts.put("ownBuilder", OwnServerBuilder.used);
    facts.put("sees", sees("io.heagent.agent.connect.ConnectHook"));
    facts.put("seesEntry", sees("io.heagent.agent.HeAgent"));
    facts.print();
  }

  private static boolean sees(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
